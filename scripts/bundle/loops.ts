/**
 * Loops over lists, as V8 likes them until it optimizes a function, and most are never optimized.
 *
 * There `for (const item of list)` makes an iterator, and an object for each item;
 * `for (const [at, item] of list.entries())` makes four for each, and `const [one, two] = pair`
 * three: a quarter of what a run of any size left to collect. So the build counts where the sources
 * iterate, and takes the items of tuples by their number. TypeScript says what is a list; maps,
 * sets and generators stay as they are written.
 */
import { relative, resolve } from 'node:path';
import ts from 'typescript';
import { entryOf } from '../../src/multimap.ts';

/** The text of a module below `src/` or `rules/`, by its path from the root. */
export type SourceOf = (path: string) => string;

/** Several builds of one process ask TypeScript once. */
export const sourcesWithPlainLoops = remembered((root: string): SourceOf => {
  const { config } = ts.readConfigFile(resolve(root, 'tsconfig.json'), ts.sys.readFile) as {
    readonly config: object;
  };
  const own = { ...config, include: ['src', 'rules'] };
  const { fileNames, options } = ts.parseJsonConfigFileContent(own, ts.sys, root);
  const program = ts.createProgram(fileNames, options);
  const files = program.getSourceFiles().map((file) => [relative(root, file.fileName), file]);
  const fileOf = new Map(files as [string, ts.SourceFile][]);
  return remembered((path) => {
    const file = fileOf.get(path);
    if (file === undefined) throw new Error(`${path} is not among the sources`);
    return withPlainLoops(file, program.getTypeChecker());
  });
});

function remembered<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => entryOf(made, key, () => make(key));
}

function withPlainLoops(file: ts.SourceFile, checker: ts.TypeChecker): string {
  const isList = (node: ts.Node): boolean => {
    const type = checker.getTypeAtLocation(node);
    const isUnchecked = (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Never)) !== 0;
    return !isUnchecked && checker.isArrayLikeType(type);
  };
  const textOf = (node: ts.Node): string =>
    (ts.isForOfStatement(node) ? counting(node) : undefined) ??
    (ts.isArrayBindingPattern(node) && isList(node) ? byNumber(node) : undefined) ??
    copied(node, node.getStart(file));
  const copied = (node: ts.Node, start: number): string => {
    let [text, from] = ['', start];
    ts.forEachChild(node, (child) => {
      text += file.text.slice(from, child.getStart(file)) + textOf(child);
      from = child.end;
    });
    return text + file.text.slice(from, node.end);
  };
  const counting = (loop: ts.ForOfStatement): string | undefined => {
    const [name] = namesIn(loop);
    const entries = name && entriesOf(loop.expression, name);
    const list = entries?.list ?? loop.expression;
    if (name === undefined || !isList(list)) return undefined;
    const item = '$list[$at]';
    const taken =
      entries === undefined
        ? `${textOf(name)} = ${item}`
        : `${entries.at} = $at${entries.item ? `, ${textOf(entries.item)} = ${item}` : ''}`;
    const body = textOf(loop.statement);
    return (
      `for (let $list = ${textOf(list)}, $at = 0; $at < $list.length; $at++) ` +
      `{ let ${taken}; ${ts.isBlock(loop.statement) ? body.slice(1) : `${body} }`}`
    );
  };
  const byNumber = ({ elements }: ts.ArrayBindingPattern): string | undefined => {
    const bound = elements.map((element, at) =>
      ts.isOmittedExpression(element)
        ? []
        : element.dotDotDotToken === undefined && [`${at}: ${textOf(element)}`],
    );
    return bound.every((one) => one !== false) ? `{ ${bound.flat().join(', ')} }` : undefined;
  };
  return copied(file, 0);
}

/** What a loop that may be counted declares. */
function namesIn({ awaitModifier, initializer }: ts.ForOfStatement): readonly ts.BindingName[] {
  if (awaitModifier !== undefined || !ts.isVariableDeclarationList(initializer)) return [];
  return initializer.declarations.map(({ name }) => name);
}

/** The names for place and item in `for (const [at, item] of list.entries())`. */
function entriesOf(
  call: ts.Expression,
  name: ts.BindingName,
):
  | { readonly list: ts.Expression; readonly at: string; readonly item?: ts.BindingName }
  | undefined {
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return;
  const { expression: list, name: method, questionDotToken } = call.expression;
  if (method.text !== 'entries' || questionDotToken !== undefined) return;
  if (!ts.isArrayBindingPattern(name)) return;
  const [at, item] = name.elements;
  if (at === undefined || !ts.isBindingElement(at) || !ts.isIdentifier(at.name)) return;
  if (item === undefined) return { list, at: at.name.text };
  return ts.isBindingElement(item) ? { list, at: at.name.text, item: item.name } : undefined;
}
