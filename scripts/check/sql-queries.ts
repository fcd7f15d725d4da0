import ts from 'typescript'

/** A query as PostgreSQL would get it, with `$1 …` for its values. */
export interface SqlQuery {
  readonly place: string
  readonly text: string
  /** Properties of the row type beside the query, each with its type as TypeScript prints it; undefined when there is none. */
  readonly row: ReadonlyMap<string, string> | undefined
}

/** Queries that can be read, and the places of those made of pieces that only exist at run time. */
export interface FoundQueries {
  readonly queries: readonly SqlQuery[]
  readonly unreadable: readonly string[]
}

const statement = /^\s*(--.*\s*)*(select|insert|update|delete|with|merge|create|values|notify|truncate|lock|set)\b/i

class Unreadable extends Error {}

/** Reads the tagged templates of the named files with their types, fragments put in where they are used. */
export function findQueries(files: readonly string[]): FoundQueries {
  const options = ts.getParsedCommandLineOfConfigFile(
    'server/tsconfig.json',
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} },
  )
  const program = ts.createProgram(files, options?.options ?? {})
  const checker = program.getTypeChecker()
  const queries: SqlQuery[] = []
  const unreadable: string[] = []
  for (const file of files) {
    const source = program.getSourceFile(file)
    if (!source) throw new Error(`${file} could not be read`)
    visit(source, (node) => {
      if (!isSqlTemplate(node) || !statement.test(firstText(node.template))) return
      const place = `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`
      try {
        queries.push({ place, text: textOf(node, { next: 1 }, checker), row: rowOf(node, checker) })
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error
        unreadable.push(`${place} ${error.message}`)
      }
    })
  }
  return { queries, unreadable }
}

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node)
  ts.forEachChild(node, (child) => visit(child, see))
}

function isSqlTemplate(node: ts.Node): node is ts.TaggedTemplateExpression {
  return ts.isTaggedTemplateExpression(node) && ts.isIdentifier(node.tag) && /^(sql|tx|db)$/.test(node.tag.text)
}

function firstText(template: ts.TemplateLiteral): string {
  return ts.isNoSubstitutionTemplateLiteral(template) ? template.text : template.head.text
}

function textOf(node: ts.TaggedTemplateExpression, values: { next: number }, checker: ts.TypeChecker): string {
  const { template } = node
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text
  return template.templateSpans.reduce(
    (text, span) => text + pieceOf(span.expression, values, checker) + span.literal.text,
    template.head.text,
  )
}

/** A value becomes the next `$n`; a fragment becomes its text; of two alternative fragments the first is taken. */
function pieceOf(expression: ts.Expression, values: { next: number }, checker: ts.TypeChecker): string {
  const type = checker.typeToString(checker.getTypeAtLocation(expression))
  if (!/^(PendingQuery|Fragment|Helper|PendingRawQuery)\b/.test(type) && !/\b(PendingQuery|Helper)</.test(type)) {
    const index = values.next
    values.next += 1
    return `$${index}`
  }
  const fragment = findTemplate(expression, checker)
  if (!fragment) throw new Unreadable(`${expression.getText().slice(0, 40)} is only known at run time`)
  return textOf(fragment, values, checker)
}

function findTemplate(expression: ts.Node, checker: ts.TypeChecker): ts.TaggedTemplateExpression | undefined {
  if (isSqlTemplate(expression)) return expression
  if (ts.isParenthesizedExpression(expression)) return findTemplate(expression.expression, checker)
  if (ts.isConditionalExpression(expression)) return findTemplate(expression.whenTrue, checker)
  if (ts.isCallExpression(expression)) return findTemplate(expression.expression, checker)
  if (!ts.isIdentifier(expression)) return undefined
  const declaration = checker.getSymbolAtLocation(expression)?.valueDeclaration
  if (!declaration) return undefined
  if (ts.isFunctionDeclaration(declaration)) return declaration.body && returned(declaration.body, checker)
  if (!ts.isVariableDeclaration(declaration) || !declaration.initializer) return undefined
  const { initializer } = declaration
  if (!ts.isArrowFunction(initializer)) return findTemplate(initializer, checker)
  return ts.isBlock(initializer.body) ? returned(initializer.body, checker) : findTemplate(initializer.body, checker)
}

function returned(body: ts.Block, checker: ts.TypeChecker): ts.TaggedTemplateExpression | undefined {
  const last = body.statements.find(ts.isReturnStatement)
  return last?.expression && findTemplate(last.expression, checker)
}

function rowOf(node: ts.TaggedTemplateExpression, checker: ts.TypeChecker): ReadonlyMap<string, string> | undefined {
  const [argument] = node.typeArguments ?? []
  if (!argument) return undefined
  const rows = checker.getTypeFromTypeNode(argument)
  const row = checker.getIndexTypeOfType(rows, ts.IndexKind.Number)
  if (!row) return undefined
  return new Map(checker.getPropertiesOfType(row).map((property) => [property.name, kindOf(checker.getTypeOfSymbol(property))]))
}

/** `number`, `string`, `boolean` or `other`, leaving null aside: brands are strings, unions of words are strings. */
function kindOf(type: ts.Type): string {
  const members = type.isUnion() ? type.types : [type]
  const kinds = members.filter((member) => !(member.flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined))).map(plainKind)
  return kinds.every((kind) => kind === kinds[0]) ? (kinds[0] ?? 'other') : 'other'
}

function plainKind(type: ts.Type): string {
  if (type.isIntersection()) return type.types.map(plainKind).find((kind) => kind !== 'other') ?? 'other'
  if (type.flags & ts.TypeFlags.StringLike) return 'string'
  if (type.flags & ts.TypeFlags.NumberLike) return 'number'
  return type.flags & ts.TypeFlags.BooleanLike ? 'boolean' : 'other'
}
