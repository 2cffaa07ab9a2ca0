/** What the arguments of `get` ask for: kinds, names, and where to read. */
import { isInput } from '../../files/read.ts';
import { meetsAll, parseLabelQuery } from '../../kubernetes/label-query.ts';
import { pushAll } from '../../lists.ts';
import { isAll, isKnownKind } from '../../report/get/resources.ts';
import { parsePath, parseTemplate } from '../../report/jsonpath/parse.ts';
import { type Step, type Template, TemplateError } from '../../report/jsonpath/template.ts';
import type { CommandLine } from '../flags.ts';
import { inputTest, isPath, refuseNameless } from '../typed-name.ts';
import { unknownValue, UsageError } from '../usage-error.ts';

export interface GetRequest {
  /** As written, `all` among them. */
  readonly kinds: readonly string[];
  /** Of each of the kinds; all objects where there is none. */
  readonly names: readonly string[];
  /** `svc/web`: of one kind only. */
  readonly pairs: readonly { readonly kind: string; readonly name: string }[];
  readonly paths: readonly string[];
}

/** @throws UsageError where no kind is named */
export function getRequest(line: CommandLine, cwd: string): GetRequest {
  const kinds: string[] = [];
  const names: string[] = [];
  const pairs: { kind: string; name: string }[] = [];
  const paths: string[] = [];
  refuseNameless(line, cwd, isKnownKind, 'get');
  const isInputHere = inputTest(line, cwd);
  const namesKind = line.positionals.some((argument) => isKind(argument, cwd, false));
  for (const [index, argument] of line.positionals.entries()) {
    const pair = pairIn(argument, cwd, index === 0, namesKind);
    if (pair !== undefined) pairs.push(pair);
    else if (index === paths.length && isKind(argument, cwd, index === 0))
      pushAll(kinds, kindsIn(argument));
    else (isInputHere(argument) ? paths : names).push(argument);
  }
  if (kinds.length === 0 && pairs.length === 0) {
    const input = [
      ...(line.has('recursive') ? ['-R'] : []),
      ...paths,
      ...line.list('filename').map((path) => `-f ${path}`),
    ];
    const example = ['kubeplumb get endpoints', ...input].join(' ');
    throw new UsageError(`get what? Name a kind first: ${example}`, 'get');
  }
  refuseMixed(kinds, names, pairs);
  return { kinds, names, pairs, paths };
}

/**
 * Where one argument has a slash, all do.
 * @source kubernetes/kubernetes staging/src/k8s.io/cli-runtime/pkg/resource/builder.go
 *   `hasCombinedTypeArgs` @v1.36.3
 * @throws UsageError
 */
function refuseMixed(
  kinds: readonly string[],
  names: readonly string[],
  pairs: GetRequest['pairs'],
): void {
  const [pair] = pairs;
  const [name] = names;
  if (pair === undefined) return;
  const { kind } = pair;
  if (kinds.length > 0)
    throw new UsageError(
      `${kind}/${pair.name} names its kind itself: leave ${kinds.join(',')} out, or write ` +
        `${kind} ${[...names, pair.name].join(' ')}`,
      'get',
    );
  if (name !== undefined)
    throw new UsageError(
      `"${name}" is no file, and beside ${kind}/${pair.name} a name has its kind before it: ` +
        `${kind}/${name}`,
      'get',
    );
}

/**
 * The first argument is a kind, whatever lies in the working directory, unless it is a path and
 * none that anybody has heard of. Behind paths it is one of these.
 */
function isKind(argument: string, cwd: string, isFirst: boolean): boolean {
  const isKnown = kindsIn(argument).every((kind) => isAll(kind) || isKnownKind(kind));
  return isKnown || (isFirst && !isPath(argument, cwd));
}

function kindsIn(argument: string): string[] {
  return argument.split(',').filter((kind) => kind !== '');
}

/**
 * `svc/web`; also of a kind that nobody has heard of yet, if it is no path and no other argument
 * can be the kind.
 */
function pairIn(
  argument: string,
  cwd: string,
  isFirst: boolean,
  namesKind: boolean,
): { kind: string; name: string } | undefined {
  const [, kind, name] = /^(\w[\w.-]*)\/([^/]+)$/.exec(argument) ?? [];
  if (kind === undefined || name === undefined) return undefined;
  const mayBePath = isInput(argument, cwd);
  if (isKnownKind(kind) ? mayBePath && !isFirst : mayBePath || namesKind) return undefined;
  return { kind, name };
}

export type Format =
  | { readonly kind: 'table'; readonly wide: boolean }
  | { readonly kind: 'name' | 'yaml' | 'json' }
  | { readonly kind: 'jsonpath'; readonly template: Template; readonly asJson: boolean }
  | { readonly kind: 'columns'; readonly columns: readonly Column[] };

interface Column {
  readonly header: string;
  readonly path: readonly Step[];
}

/** For help and completion. */
export const formats = [
  'wide',
  'name',
  'yaml',
  'json',
  'jsonpath=TEMPLATE',
  'jsonpath-as-json=TEMPLATE',
  'custom-columns=HEADER:PATH,…',
];

/** @throws UsageError for a format that there is not, or a template that cannot be read */
export function formatOf(written: string | undefined): Format {
  if (written === undefined || written === 'wide')
    return { kind: 'table', wide: written === 'wide' };
  if (written === 'name' || written === 'yaml' || written === 'json') return { kind: written };
  const equals = written.indexOf('=');
  const name = equals === -1 ? written : written.slice(0, equals);
  const value = equals === -1 ? '' : written.slice(equals + 1);
  if (/^(?:go-template|template)(?:-file)?$/.test(name))
    throw new UsageError(goTemplate(name, value), 'get');
  if (name === 'jsonpath-file' || name === 'custom-columns-file')
    throw new UsageError(
      `-o ${name} is not supported: -o ${name.replace(/-file$/, '')}="$(cat ` +
        `${value || 'FILE'})" is`,
      'get',
    );
  const isTemplate = name === 'jsonpath' || name === 'jsonpath-as-json';
  if (!isTemplate && name !== 'custom-columns')
    throw new UsageError(unknownValue('format', written, formats), 'get');
  if (value === '') {
    const example = isTemplate
      ? "'{.items[*].metadata.name}'"
      : 'NAME:.metadata.name,LABELS:.metadata.labels';
    throw new UsageError(`-o ${name} needs a template: -o ${name}=${example}`, 'get');
  }
  return told(`-o ${name}`, () =>
    isTemplate
      ? { kind: 'jsonpath', template: parseTemplate(value), asJson: name === 'jsonpath-as-json' }
      : { kind: 'columns', columns: columnsOf(value) },
  );
}

/** What there is in its place: for a template of fields, texts and ranges the jsonpath. */
function goTemplate(name: string, template: string): string {
  let isSame = name === 'go-template' || name === 'template';
  const jsonpath = template.replace(
    /\{\{\s*(?:(range)\s+)?(?:(end)|(\.[\w.]*)|("[^"]*"))\s*\}\}|\{\{|[{}]/g,
    (_, range?: string, end?: string, path?: string, text?: string) => {
      if (range !== undefined && path !== undefined) return `{range ${path.replace(/\.$/, '')}[*]}`;
      isSame &&= range === undefined && (end ?? path ?? text) !== undefined;
      return `{${end ?? (path === '.' ? '@' : path) ?? text}}`;
    },
  );
  return (
    `-o ${name} is not supported; ` +
    (isSame && template !== ''
      ? `as jsonpath: -o jsonpath='${jsonpath}'`
      : '-o jsonpath=TEMPLATE, -o custom-columns=HEADER:PATH,… and -o json (for jq) are: ' +
        '{{range .items}}{{.metadata.name}}{{end}} is {range .items[*]}{.metadata.name}{end}')
  );
}

function columnsOf(text: string): readonly Column[] {
  return text.split(/,(?![^[]*\])/).map((column) => {
    const [, header, path] = /^([^:]+):(.+)$/s.exec(column) ?? [];
    if (header === undefined || path === undefined)
      throw new TemplateError(`"${column}" is no column: it is written HEADER:PATH`);
    return { header, path: parsePath(path) };
  });
}

/** @throws UsageError */
export function sortPath(line: CommandLine): readonly Step[] | undefined {
  const written = line.value('sort-by');
  return written === undefined ? undefined : told('--sort-by', () => parsePath(written));
}

/** Errors of templates, as wrong use. */
export function told<T>(where: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof TemplateError) throw new UsageError(`${where}: ${error.message}`, 'get');
    throw error;
  }
}

export type LabelFilter = (labels: Readonly<Record<string, string>>) => boolean;

/** `-l`, as often as it is given. @throws UsageError */
export function labelFilter(line: CommandLine): LabelFilter | undefined {
  const filters = line.list('selector').map((written) => {
    const requirements = parseLabelQuery(written);
    if (requirements === undefined)
      throw new UsageError(
        `"${written}" is no label selector: they are written app=web,tier!=db,env in ` +
          '(dev,test),release,!legacy',
        'get',
      );
    return requirements;
  });
  if (filters.length === 0) return undefined;
  return (labels) => {
    const byKey = new Map(Object.entries(labels));
    return filters.every((requirements) => meetsAll(requirements, (key) => byKey.get(key)));
  };
}
