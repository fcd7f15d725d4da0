import type { Rng } from '@doorstep/shared/domain'
import { pick } from './chance.ts'

const OLD_THINGS =
  'da Fonte|do Poço|dos Ferreiros|dos Oleiros|da Judiaria|da Misericórdia|do Arco|da Torre|dos Mercadores|do Forno|da Sé Velha|das Flores|do Sol|da Lua|dos Gatos|da Oliveira|do Carmo|da Ribeira|dos Tanoeiros|das Taipas|do Castelo|da Porta Nova|da Porta Velha|dos Cordoeiros|do Peixe|das Padeiras|do Açougue|da Cadeia|dos Clérigos|do Terreiro|da Rosa|do Loureiro|dos Sapateiros|das Tecedeiras|do Cruzeiro|da Amargura|do Outeiro|da Saudade|dos Caldeireiros|do Alfaiate|da Bica|do Hospital Velho|das Beatas|do Trigo|do Sal|do Vinho|da Alfândega|das Almas|do Paço|da Moeda|dos Pelames|da Barreira'.split(
    '|',
  )
const LAND_THINGS =
  'da Boavista|das Acácias|dos Plátanos|das Tílias|dos Freixos|do Pinhal|da Eira|dos Moinhos|da Azenha|do Lagar|das Hortas|da Quinta Nova|do Vale|da Serra|dos Salgueiros|das Giestas|do Rosmaninho|das Amoreiras|dos Carvalhos|do Souto|das Cerejeiras|da Figueira|das Laranjeiras|dos Limoeiros|da Vinha|do Monte|das Andorinhas|dos Rouxinóis|das Cotovias|da Garça|do Melro|da Ponte Nova|do Mirante|da Liberdade Nova|da Fábrica|da Fiação|da Estação|do Telégrafo|dos Operários|da Cerâmica|do Gás|dos Bombeiros|da Escola|do Mercado|da Feira|do Matadouro|do Campo Grande|do Alecrim|da Alfazema|das Camélias|das Magnólias|dos Jacarandás|das Hortênsias|do Jasmim|das Mimosas|dos Lírios|das Papoilas|dos Girassóis|das Violetas|dos Cravos|da Malva|do Tojo|da Urze|do Medronho|dos Castanheiros|das Nogueiras|dos Álamos|das Faias|dos Ulmeiros|dos Cedros|dos Ciprestes|da Cegonha|do Guarda-Rios|da Poupa|do Pisco|da Lontra|da Raposa|do Moleiro|do Pastor|do Lavrador|do Barqueiro|do Pescador|da Lavadeira|do Almocreve|das Vindimas|da Debulha|da Nora|do Tanque|da Levada|do Açude|da Presa|da Lameira|do Prado|da Várzea|da Chã|do Cabeço|da Portela|do Casal|da Herdade|do Celeiro|do Espigueiro|da Charneca|da Lezíria|do Juncal|do Canavial|das Rãs|do Cuco'.split(
    '|',
  )
const SAINTS =
  'São Brás|São Mamede|São Lourenço|São Vicente|São Gonçalo|São Roque|São Martinho|São Bento|Santa Marta|Santa Iria|Santa Luzia|Santa Eulália|Santa Clara|Santo Amaro|Santo Ildefonso|Santa Quitéria|São Pelágio|São Torcato|Santa Comba|São Cristóvão'.split(
    '|',
  )
const TITLES = [
  'Doutor',
  'Professor',
  'Engenheiro',
  'Padre',
  'Comandante',
  'Poeta',
  'Mestre',
  'Arquiteto',
  'Maestro',
  'Dona',
  'Pintora',
  'Conselheiro',
]
const FIRST =
  'Artur|Henrique|Joaquim|Abílio|Teodoro|Leonel|Álvaro|Bernardo|Custódio|Duarte|Eurico|Fausto|Germano|Horácio|Inácio|Lourenço|Mário|Nuno|Olavo|Rogério|Simão|Tomás|Urbano|Vasco|Baltasar|Cosme|Damião|Silvestre'.split(
    '|',
  )
const FIRST_F =
  'Amélia|Beatriz|Carlota|Delfina|Elvira|Florinda|Guilhermina|Hermínia|Laurinda|Marília|Olinda|Palmira|Rosalina|Teodora'.split(
    '|',
  )
const LAST =
  'Meireles|Tavares|Falcão|Bragança|Sequeira|Vilhena|Mascarenhas|Portugal|Quaresma|Rebelo|Sampaio|Teles|Valadares|Azeredo|Brandão|Cardim|Figueira|Galvão|Lacerda|Madureira|Noronha|Paiva|Queirós|Salgado|Talhão|Veiga|Barbosa|Carneiro|Drumond|Esteves|Fontoura|Gouveia|Leitão|Moutinho|Osório'.split(
    '|',
  )
const GREAT =
  'da República|da Liberdade|25 de Abril|1.º de Dezembro|5 de Outubro|dos Descobrimentos|da Boa Hora|Marginal|das Nações|do Brasil|da Europa|dos Combatentes|da Constituição|Central|da Independência|de Lisboa|do Porto|de Coimbra|da Beira|do Atlântico|da Restauração|dos Aliados|da Igualdade|das Descobertas|do Infante|Infante Dom Pedro|Rainha Dona Leonor|Dom Dinis|Dom Sancho|Almirante Barros|Marechal Teixeira|Fontes da Silva|Conde de Talva|Visconde de Arões'.split(
    '|',
  )

/** Where a street runs, as far as it shows in its name. */
export type NameSetting = 'old' | 'great' | 'collector' | 'small' | 'short' | 'dead-end' | 'industrial'

/** Gives out street names of one Portuguese town, each once. */
export type StreetNamer = (setting: NameSetting) => string

/** A namer without memory of any other town. */
export function streetNamer(rng: Rng): StreetNamer {
  const used = new Set<string>()
  const person = (): string => {
    const title = pick(rng, TITLES)
    const woman = title === 'Dona' || title === 'Pintora'
    return `${title} ${pick(rng, woman ? FIRST_F : FIRST)} ${pick(rng, LAST)}`
  }
  const saint = (): string => `de ${pick(rng, SAINTS)}`
  const draw: Readonly<Record<NameSetting, () => string>> = {
    old: () =>
      `${pick(rng, ['Rua', 'Rua', 'Rua', 'Travessa', 'Calçada', 'Beco'])} ${rng() < 0.86 ? pick(rng, OLD_THINGS) : saint()}`,
    great: () => `Avenida ${rng() < 0.8 ? pick(rng, GREAT) : person()}`,
    collector: () =>
      rng() < 0.25 ? `Avenida ${person()}` : `Rua ${rng() < 0.45 ? person() : rng() < 0.7 ? pick(rng, LAND_THINGS) : saint()}`,
    small: () => `Rua ${rng() < 0.46 ? pick(rng, LAND_THINGS) : rng() < 0.16 ? saint() : person()}`,
    short: () => `Travessa ${rng() < 0.75 ? pick(rng, LAND_THINGS) : saint()}`,
    'dead-end': () =>
      `${pick(rng, ['Praceta', 'Praceta', 'Beco', 'Impasse'])} ${rng() < 0.7 ? pick(rng, LAND_THINGS) : person()}`,
    industrial: () =>
      `Rua ${pick(rng, ['da Indústria', 'do Armazém', 'da Metalurgia', 'da Cortiça', 'dos Têxteis', 'da Logística', 'do Vidro', 'da Energia', 'da Serração', 'da Moagem', 'dos Transportes', 'do Cobre', 'do Papel', 'da Resina', 'da Oficina', 'da Fundição'])}`,
  }
  return (setting) => {
    for (let i = 0; i < 60; i++) {
      const name = draw[i < 30 ? setting : setting === 'great' ? 'great' : 'small']()
      if (used.has(name)) continue
      used.add(name)
      return name
    }
    const name = `Rua ${person()} ${pick(rng, LAST)}`
    used.add(name)
    return name
  }
}
