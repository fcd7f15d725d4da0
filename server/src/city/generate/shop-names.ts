/** One trade: how it is tagged, how many a town of this size has, its opening hours, and names to choose from. */
export type Trade = {
  readonly tags: Readonly<Record<string, string>>
  readonly count: number
  /** 0 clings to the old town and high streets, 1 is spread over the town. */
  readonly spread: number
  readonly hours: readonly string[]
  readonly names: string
}

const LUNCH_DINNER = [
  'Mo-Su 12:00-15:00,19:00-23:00',
  'Tu-Su 12:00-15:30,19:00-23:30',
  'Mo-Sa 12:00-15:00,18:30-22:30',
  'Mo-Su 12:00-23:00',
]
const ALL_DAY = ['Mo-Su 11:00-23:00', 'Mo-Su 11:30-24:00', 'Mo-Th 11:00-23:00; Fr-Su 11:00-02:00']
const MORNING = ['Mo-Su 07:00-20:00', 'Mo-Sa 07:30-19:30; Su 08:00-13:00', 'Mo-Su 06:30-21:00']
const SHOP = ['Mo-Sa 09:30-19:30', 'Mo-Fr 09:00-19:00; Sa 09:00-13:00', 'Mo-Sa 10:00-20:00']
const LATE_SHOP = ['Mo-Su 08:00-22:00', 'Mo-Su 08:30-21:30', 'Mo-Sa 08:00-21:00; Su 09:00-20:00']
const EVENING = ['Mo-Su 16:00-02:00', 'Tu-Su 17:00-02:00', 'Mo-Th 12:00-24:00; Fr-Sa 12:00-03:00']

const eat = (cuisine: string, count: number, names: string): Trade => ({
  tags: { amenity: 'restaurant', cuisine },
  count,
  spread: 0.25,
  hours: LUNCH_DINNER,
  names,
})
const quick = (cuisine: string, count: number, names: string): Trade => ({
  tags: { amenity: 'fast_food', cuisine, takeaway: 'yes' },
  count,
  spread: 0.45,
  hours: ALL_DAY,
  names,
})
const shop = (kind: string, count: number, spread: number, hours: readonly string[], names: string): Trade => ({
  tags: { shop: kind },
  count,
  spread,
  hours,
  names,
})

/** What is sold in town, with more names than needed so that another seed reads differently. */
export const TRADES: readonly Trade[] = [
  eat(
    'portuguese',
    22,
    'Tasca do Abílio|A Cozinha da Palmira|O Forno de Lenha|Casa Meireles|Adega do Moleiro|O Barqueiro|Taberna das Muralhas|Solar do Talva|A Lareira|O Cantinho da Ribeira|Retiro do Pescador|Dom Sancho|Quinta do Alecrim|A Panela de Ferro|Tia Hermínia|O Alambique|Pátio das Laranjeiras|Mesa do Souto|Casa da Eira|O Arco Velho|Sal e Oliva|Adega Quaresma|O Lagar|Cozinha do Largo|A Candeia|Petiscos da Praça|O Almocreve|Varanda do Rio',
  ),
  eat('seafood', 6, 'Marisqueira do Cais|A Lota|Maré Cheia|O Búzio|Concha Azul|Peixe na Brasa|A Traineira|Rede e Anzol'),
  eat(
    'italian',
    7,
    'Trattoria Colombina|Osteria del Ponte|Il Limoneto|Nonna Ginevra|La Bottega Rossa|Basilico|Vicolo Verde|Pane e Vino Talva',
  ),
  eat('japanese', 5, 'Hanami|Kaze Sushi|Casa do Sol Nascente|Umi|Tanpopo|Ginkgo|Sakuragi'),
  eat('indian', 4, 'Jaipur Palace|Cardamomo|Tandoor da Ribeira|Namastê|Lótus Dourado'),
  eat('chinese', 4, 'Jardim de Jade|Lanterna Vermelha|Nove Dragões|Bambu|Pavilhão do Lago'),
  eat('vegetarian', 3, 'Folha Viva|Raiz Forte|Horta Urbana|Beterraba'),
  eat('brazilian', 3, 'Picanha & Companhia|Sabor da Baía|Rodízio do Vale|Feijão Preto'),
  eat('steak_house', 3, 'Brasa & Corte|O Toiro|Carvão|A Grelha Alta'),
  eat('georgian', 1, 'Tbilíssi|Khinkali Casa'),
  eat('thai', 2, 'Manjericão Thai|Siam da Praça|Coco e Lima'),
  eat('mexican', 2, 'La Cantina Azul|El Nopal|Casa Catrina'),
  quick(
    'pizza',
    8,
    'Pizzaria Vesúvia|Forno Rápido|Massa Mãe|Pizza do Largo|Bella Fatia|A Pizzaria da Esquina|Tomatino|Lenha & Mozzarella|Pizza Pronta|Fatia Certa',
  ),
  quick(
    'burger',
    7,
    'Hambúrguer da Vila|Chapa Quente|Bife & Brioche|O Quarteirão|Rua Grill|Brutus Burger|Dois Pães|Cheddar Club',
  ),
  quick('kebab', 4, 'Kebab Anatólia|Bósforo Grill|Sultão do Pão|Espeto Dourado|Istambul Rápido'),
  quick(
    'chicken',
    5,
    'Churrasqueira Central|Frango do Outeiro|Rei da Brasa|Churrasqueira da Estação|Piri-Piri & Filhos|Frango à Janela',
  ),
  quick('sandwich', 4, 'Bifanas do Zeferino|A Sandes Real|Prego no Pão|Pão com Tudo|Francesinha Já'),
  quick('sushi', 3, 'Sushi a Caminho|Rolo & Arroz|Wasabi Rápido|Maki Box'),
  quick('noodle', 3, 'Wok Talva|Massa na Taça|Noodle Rua|Taça Quente'),
  quick('ice_cream', 3, 'Gelados Ártico|Gelataria Serena|Bola de Neve|Cone & Copo'),
  {
    tags: { amenity: 'cafe', cuisine: 'coffee_shop' },
    count: 26,
    spread: 0.4,
    hours: MORNING,
    names:
      'Café Aurora|Café da Estação|A Brasileirinha|Café Progresso|Pastelaria Suíça Nova|O Grão|Torra Lenta|Café Atlântida|Café Peninsular|Moka|Chávena Branca|Café Jardim|Pastelaria Dona Olinda|Café Universal|A Leiteria|Cafetaria do Museu|Bica Curta|Café Vila Rica|Pátio Café|Café Miradouro|Salão de Chá Camélia|Café dos Plátanos|Colher de Pau|O Bule|Café Concerto|Letra & Café|Café Central|Nata & Canela|Café Girassol|Pausa',
  },
  shop(
    'bakery',
    14,
    0.7,
    MORNING,
    'Padaria Estrela|Padaria do Outeiro|Pão da Avó Rosa|Padaria Moderna|Forno do Souto|Massa Azeda|Espiga Dourada|Padaria Flor do Trigo|Pão Quente da Vila|Padaria Boa Hora|Broa & Centeio|Padaria Ribeirinha|A Fornada|Padaria São Brás|Trigal|Padaria Lacerda',
  ),
  shop(
    'pastry',
    5,
    0.3,
    MORNING,
    'Confeitaria Rebelo|Doce Convento|Confeitaria das Taipas|Ovos Moles & Cia|Açúcar e Afeto|Amêndoa',
  ),
  {
    tags: { amenity: 'pharmacy', healthcare: 'pharmacy', dispensing: 'yes' },
    count: 13,
    spread: 0.75,
    hours: ['Mo-Fr 09:00-20:00; Sa 09:00-19:00', 'Mo-Sa 08:30-21:00', 'Mo-Su 09:00-22:00', '24/7'],
    names:
      'Farmácia Central|Farmácia da Praça|Farmácia Sampaio|Farmácia Nova|Farmácia do Hospital|Farmácia Santa Marta|Farmácia da Ribeira|Farmácia Moderna|Farmácia Higiénica|Farmácia Azeredo|Farmácia das Tílias|Farmácia do Outeiro|Farmácia Vilhena|Farmácia da Estação|Farmácia Saúde',
  },
  shop(
    'supermarket',
    11,
    0.8,
    LATE_SHOP,
    'Mercado Bom Dia|Super Vale|Cesta Cheia|Supermercado Talva|Mercearia Grande|Super Horta|Bem-Casa|Poupa Mais|Merca Sol|Supermercado Andorinha|Despensa|Praça Fresca|Super Boavista',
  ),
  shop(
    'convenience',
    18,
    0.85,
    LATE_SHOP,
    'Minimercado Girassol|Mercearia do Bairro|Loja da Esquina|Mini Mercado Sequeira|Mercearia Tavares|Mercearia Dona Amélia|Frutas & Mais|Minimercado Avenida|O Cabaz|Mercearia Esperança|Tudo à Mão|Minimercado São Roque|Mercearia da Calçada|Aqui ao Lado|Minimercado Lusitano|Mercearia Fina|Loja do Lado|Minimercado Norte|Mercearia do Souto|O Sótão',
  ),
  shop(
    'florist',
    7,
    0.5,
    SHOP,
    'Flores da Praça|Jardim Secreto|Florista Violeta|Pétala|A Estufa|Rosa dos Ventos|Ramo & Raiz|Florista Camélia',
  ),
  shop(
    'greengrocer',
    6,
    0.7,
    SHOP,
    'Frutaria do Mercado|Pomar da Vila|Horta da Várzea|Fruta Fresca|Laranja & Limão|Frutaria Rebelo|Cesto Verde',
  ),
  shop('butcher', 6, 0.7, SHOP, 'Talho Central|Talho do Cruzeiro|Talho Falcão|Carnes do Vale|Talho Novo|Talho Madureira'),
  shop('wine', 4, 0.2, SHOP, 'Garrafeira Noronha|Vinhos & Vinhas|Garrafeira do Cais|A Pipa|Casta'),
  shop('alcohol', 2, 0.5, LATE_SHOP, 'Garrafeira Noturna|Bebidas do Vale|Copo Cheio'),
  shop('books', 4, 0.2, SHOP, 'Livraria Papiro|Livraria Almeida & Neta|Página Dobrada|Livraria do Largo|Letra Miúda'),
  shop('gift', 4, 0.2, SHOP, 'Prendas & Laços|Loja do Azulejo|A Caixinha|Recordar|Filigrana'),
  shop('electronics', 4, 0.5, SHOP, 'Eletro Vale|Circuito|Ponto Elétrico|Megavolt|Fio & Ficha'),
  shop('hardware', 4, 0.8, SHOP, 'Ferragens Paiva|Drogaria Moutinho|Parafuso & Prego|Casa das Tintas|Ferragens do Arco'),
  shop('pet', 4, 0.7, SHOP, 'Patas & Penas|Bicho Contente|O Canário|Focinho|Aquário Azul'),
  shop(
    'clothes',
    7,
    0.15,
    SHOP,
    'Alfaiataria Brandão|Linho & Lã|Modas Guilhermina|Botão|Costura Nova|Casa das Malhas|Tecelã|Roupa de Domingo',
  ),
  shop('cheese', 2, 0.2, SHOP, 'Queijaria da Serra|Casa do Queijo|Cura'),
  shop('deli', 3, 0.3, SHOP, 'Fumeiro|Charcutaria Fina|Sabores da Beira|Azeite & Flor'),
  {
    tags: { amenity: 'bar' },
    count: 10,
    spread: 0.2,
    hours: EVENING,
    names:
      'Bar do Cais|O Contrabaixo|Lua Nova|Adufe|Bar Clandestino|Maresia|Torre de Copas|Farol|Bar Académico|A Cave|Sétimo Degrau|Vinil',
  },
]
