/**
 * Takes functions out of a module, so that they can be loaded later than the rest of it.
 *
 * What stays imports them, and they import of what stays. What only they need goes along: tables,
 * patterns, helpers.
 */
import ts from 'typescript';

/** What makes a function of what it is given; such a constant is only ever called. */
const makers = /^(remembered|lazily|perList|perBackends|perText|ofCluster)$/;

interface Statement {
  /** What it declares that there is when the program runs; not of imports. */
  readonly names: readonly string[];
  readonly isExported: boolean;
  /** Whether a stub may stand for it: a function, or a constant that holds one. */
  readonly isFunction: boolean;
  /** Whether what it declares is set again: others cannot set what they import. */
  readonly isChanging: boolean;
  readonly isImport: boolean;
  /** What it imports, with the names that those have here. */
  readonly imports: readonly { readonly name: string; readonly text: string }[];
  readonly text: string;
  /** The text without what stands before it and without `export`. */
  readonly declaration: string;
  /** All words in it that may be names of values. */
  readonly mentions: ReadonlySet<string>;
  /** Where its first word begins, and where it ends. */
  readonly from: number;
  readonly to: number;
}

/** A module in pieces: number 0 stays, those behind it are loaded one after the other. */
export interface Split {
  /** The names that a piece takes out of the module, in their order; none of piece 0. */
  readonly taken: readonly (readonly string[])[];
  readonly sources: readonly string[];
}

/** How a piece imports of another one. */
interface Ways {
  /** The name of a module that gives what stays in `path`. */
  readonly stays: string;
  /** What a piece takes out, when the piece is loaded. */
  readonly taken: (piece: number) => string;
  /** The stub of a function that a piece takes out. */
  readonly stub: (piece: number, name: string) => string;
}

/** Top-level functions by the name that they are known by, with their places. */
export const functionsIn = (
  path: string,
  source: string,
): readonly { readonly name: string; readonly from: number; readonly to: number }[] =>
  statementsOf(path, source).flatMap(({ names: [name], isFunction, from, to }) =>
    name !== undefined && isFunction ? [{ name, from, to }] : [],
  );

/** A module without what one thing in it does not need; imports are left to the bundler. */
export function only(path: string, source: string, name: string): string {
  const statements = statementsOf(path, source);
  const wanted = new Set([name]);
  const kept = new Set<Statement>();
  for (const word of wanted)
    for (const statement of statements) {
      if (kept.has(statement) || !statement.names.includes(word)) continue;
      kept.add(statement);
      for (const mention of statement.mentions) wanted.add(mention);
    }
  const left = statements.filter((one) => one.isImport || kept.has(one));
  return left.map(({ text }) => text).join('');
}

/** @param pieceOf function → the piece that it is to go to; others stay */
export function split(
  path: string,
  source: string,
  pieceOf: ReadonlyMap<string, number>,
  ways: Ways,
): Split {
  const statements = statementsOf(path, source);
  const pieces = placed(statements, pieceOf);
  const count = Math.max(0, ...pieces) + 1;
  const numbers = Array.from({ length: count }, (_, piece) => piece);
  const own = numbers.map((piece) => statements.filter((_, at) => pieces[at] === piece));
  const declared = own.map((of) => new Set(of.flatMap(({ names }) => names)));
  const mentioned = own.map(
    (of) => new Set(of.flatMap(({ isImport, mentions }) => (isImport ? [] : [...mentions]))),
  );
  const among = (names: Iterable<string>, ...sets: ReadonlySet<string>[]): string[] =>
    [...names].filter((name) => sets.some((set) => set.has(name)));
  // Names that are imported for nothing may be used or not, by chance, when all is bundled.
  const importsOf = (piece: number): string[] =>
    statements.flatMap(({ imports }) =>
      imports.filter(({ name }) => mentioned[piece]?.has(name)).map(({ text }) => text),
    );
  const exported = new Set(
    statements.flatMap(({ isExported, names }) => (isExported ? names : [])),
  );
  const sources = numbers.map((piece) => {
    const heads = numbers
      .filter((other) => other !== piece)
      .map((other) => {
        const wanted = among(declared[other] ?? [], mentioned[piece] ?? new Set());
        if (other === 0) return imported(wanted, ways.stays);
        if (other < piece) return imported(wanted, ways.taken(other));
        return wanted.map((name) => imported([name], ways.stub(other, name))).join('\n');
      });
    const others = mentioned.filter((_, other) => other !== piece);
    if (piece > 0) {
      const body = (own[piece] ?? []).map(({ declaration }) => declaration);
      const all = [...importsOf(piece), ...heads, ...body];
      return [...all, given([...(declared[piece] ?? [])])].join('\n');
    }
    if (count === 1) return source;
    const body = (own[0] ?? []).flatMap(({ isImport, text }) => (isImport ? [] : [text])).join('');
    const shared = among(declared[0] ?? [], ...others).filter((name) => !exported.has(name));
    const stubs = numbers
      .slice(1)
      .flatMap((other) =>
        among(declared[other] ?? [], exported).map((name) => given([name], ways.stub(other, name))),
      );
    return [...importsOf(0), ...heads, body, given(shared), ...stubs].join('\n');
  });
  return { taken: declared.map((names, piece) => (piece === 0 ? [] : [...names])), sources };
}

/** The piece of each statement. */
function placed(
  statements: readonly Statement[],
  pieceOf: ReadonlyMap<string, number>,
): readonly number[] {
  const changing = new Set(
    statements.flatMap(({ isChanging, names }) => (isChanging ? names : [])),
  );
  const pieces = statements.map(({ names, isFunction, mentions }) => {
    const [name = ''] = names;
    const isFree = ![...mentions].some((word) => changing.has(word));
    return isFunction && isFree ? (pieceOf.get(name) ?? 0) : 0;
  });
  for (let isMoving = true; isMoving;) {
    isMoving = false;
    for (const [at, statement] of statements.entries()) {
      const { names, isExported, isChanging, isImport } = statement;
      if (pieces[at] !== 0 || isExported || isChanging || isImport || names.length === 0) continue;
      const users = pieces.filter((_, user) => user !== at && mentionsAny(statements[user], names));
      const first = Math.min(...users);
      if (users.length === 0 || first === 0) continue;
      pieces[at] = first;
      isMoving = true;
    }
  }
  return pieces;
}

const mentionsAny = (statement: Statement | undefined, names: readonly string[]): boolean =>
  names.some((name) => statement?.mentions.has(name));

const imported = (names: readonly string[], from: string): string =>
  names.length === 0 ? '' : `import { ${names.join(', ')} } from ${JSON.stringify(from)};`;

const given = (names: readonly string[], from?: string): string =>
  names.length === 0
    ? ''
    : `export { ${names.join(', ')} }${from === undefined ? '' : ` from ${JSON.stringify(from)}`};`;

function statementsOf(path: string, source: string): Statement[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest);
  return file.statements.map((node) => ({
    names: namesOf(node),
    isExported: isExported(node),
    isFunction: isFunction(node),
    isChanging: ts.isVariableStatement(node) && !isConst(node),
    isImport: ts.isImportDeclaration(node),
    imports: ts.isImportDeclaration(node) ? importsIn(node, file) : [],
    text: source.slice(node.getFullStart(), node.end),
    declaration: source.slice(startOf(node, file), node.end),
    mentions: mentionsOf(node),
    from: node.getStart(file),
    to: node.end,
  }));
}

function importsIn(
  { importClause, moduleSpecifier }: ts.ImportDeclaration,
  file: ts.SourceFile,
): Statement['imports'] {
  const from = `from ${moduleSpecifier.getText(file)};`;
  const { name, namedBindings, phaseModifier } = importClause ?? {};
  if (phaseModifier === ts.SyntaxKind.TypeKeyword) return [];
  const imports =
    name === undefined ? [] : [{ name: name.text, text: `import ${name.text} ${from}` }];
  if (namedBindings === undefined) return imports;
  if (ts.isNamespaceImport(namedBindings)) {
    const whole = namedBindings.name.text;
    return [...imports, { name: whole, text: `import * as ${whole} ${from}` }];
  }
  const values = namedBindings.elements.filter(({ isTypeOnly }) => !isTypeOnly);
  const named = values.map((one) => ({
    name: one.name.text,
    text: `import { ${one.getText(file)} } ${from}`,
  }));
  return [...imports, ...named];
}

const isConst = ({ declarationList }: ts.VariableStatement): boolean =>
  (declarationList.flags & ts.NodeFlags.Const) !== 0;

function namesOf(node: ts.Statement): string[] {
  if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node))
    return node.name === undefined ? [] : [node.name.text];
  if (!ts.isVariableStatement(node)) return [];
  const names: string[] = [];
  const visit = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) names.push(name.text);
    else for (const element of name.elements) if (ts.isBindingElement(element)) visit(element.name);
  };
  for (const { name } of node.declarationList.declarations) visit(name);
  return names;
}

/** Where a statement begins behind its comments and `export`. */
function startOf(node: ts.Statement, file: ts.SourceFile): number {
  const start = node.getStart(file);
  return isExported(node) ? start + 'export '.length : start;
}

const isExported = (node: ts.Statement): boolean =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

function isFunction(node: ts.Statement): boolean {
  if (ts.isFunctionDeclaration(node)) return node.name !== undefined;
  if (!ts.isVariableStatement(node) || !isConst(node)) return false;
  const [declaration, second] = node.declarationList.declarations;
  if (declaration?.initializer === undefined || second !== undefined) return false;
  if (!ts.isIdentifier(declaration.name)) return false;
  const { initializer } = declaration;
  if (isCode(initializer)) return true;
  if (!ts.isCallExpression(initializer)) return false;
  const { expression, arguments: own } = initializer;
  return ts.isIdentifier(expression) && makers.test(expression.text) && own.some(isCode);
}

const isCode = (node: ts.Node): boolean =>
  ts.isArrowFunction(node) || ts.isFunctionExpression(node);

function mentionsOf(statement: ts.Statement): ReadonlySet<string> {
  const words = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) words.add(node.text);
    else if (ts.isPropertyAccessExpression(node)) visit(node.expression);
    else if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name)) visit(node.initializer);
    else if (!ts.isInterfaceDeclaration(node) && !ts.isTypeAliasDeclaration(node))
      ts.forEachChild(node, visit);
  };
  visit(statement);
  return words;
}
