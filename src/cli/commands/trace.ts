/** One request, hop by hop, up to the first broken one. */
import { isInput } from '../../files/read.ts';
import { namesKind } from '../../kubernetes/resource-names.ts';
import { dedupe } from '../../lists.ts';
import type { Picture } from '../../project/project.ts';
import { harmless } from '../../report/safe-text.ts';
import { type End, type Named, parseEnd, parseShortEnd } from '../../trace/ends.ts';
import type { Trace } from '../../trace/hop.ts';
import { isEnd, type NotFound } from '../../trace/named.ts';
import { jsonTraces } from '../../trace/report/json.ts';
import { prettyTraces } from '../../trace/report/pretty.ts';
import { traceRequest } from '../../trace/trace.ts';
import { openApplied } from '../applied.ts';
import { stdoutStyle } from '../color.ts';
import type { Command } from '../command.ts';
import type { CommandLine } from '../flags.ts';
import { failed, inputFlags, problemLines, tellsNotes } from '../inputs.ts';
import type { ExitCode, Io } from '../io.ts';
import { noteLines } from '../note.ts';
import { notes } from '../picture-notes.ts';
import { clusterFlags } from '../settings.ts';
import { refuseNameless } from '../typed-name.ts';
import { inFilesRead, inNamespaces, namesLike, unknownValue, UsageError } from '../usage-error.ts';
import { version } from '../version.ts';

const formats = ['pretty', 'json'];

export const trace: Command = {
  name: 'trace',
  summary: 'follow one request hop by hop, and stop at the first broken one',
  usage: [
    'trace URL [PATH…] [flags]',
    'trace KIND/NAME service/NAME[:PORT] [PATH…] [flags]',
    'trace service/NAME[:PORT] [PATH…] [flags]',
  ],
  flags: [
    ...inputFlags,
    'recursive',
    'output',
    'namespace',
    'unit',
    ...clusterFlags.filter((flag) => flag !== 'namespace'),
    'allow-empty',
    'quiet',
  ],
  flagHelp: {
    namespace: 'the namespace of objects that name none, and of the names that are given',
  },
  formats,
  notes:
    'A URL comes in from outside, through an Ingress or a Gateway; behind a workload it is ' +
    'what the container dials, such as http://api.shop.svc:8080. With tcp://HOST:PORT or ' +
    'tls://HOST:PORT it is a connection, for TCPRoutes and TLSRoutes. A name in another ' +
    'namespace is service/NAME.NAMESPACE. A NAME alone is that of a Service, and with another ' +
    'one behind it that of the workload that dials it. An argument that exists as a file, is a ' +
    'pattern or - is input; without any input all below the working directory is read.\nThe exit ' +
    'code is 1 where a hop is broken. What manifests do not tell is named as unknown, and breaks ' +
    'nothing.',
  examples: [
    ['kubeplumb trace https://shop.example.com/cart -f k8s/', 'from outside to the pods'],
    ['kubeplumb trace deployment/web service/api:80 -f k8s/', 'from one workload to another'],
    ['kubeplumb trace service/api -R k8s/', 'every port of a Service'],
  ],
  run,
};

async function run(line: CommandLine, io: Io): Promise<ExitCode> {
  refuseNameless(line, io.cwd, isEnd, 'trace');
  const { ends, typed, paths } = endsAndPaths(line.positionals, io.cwd);
  const [from, to] = ends;
  if (from === undefined)
    throw new UsageError(
      'trace what? Name a URL, service/NAME, or a workload and what it asks for: ' +
        'deployment/NAME service/NAME',
      'trace',
    );
  const format = line.value('output') ?? 'pretty';
  if (!formats.includes(format))
    throw new UsageError(unknownValue('format', format, formats), 'trace');
  const { read, shown } = await (await openApplied('trace', paths, line, io)).read();
  const start = inNamespace(from, line.value('namespace'));
  const traced = shown.map((picture) => traceRequest(picture, start, to));
  const wrong = traced.find((one) => 'wrong' in one);
  const traces = taken(traced.flatMap((one) => ('traces' in one ? one.traces : [])));
  const missing = traced.flatMap((one) => ('notFound' in one ? [one.notFound] : []));
  if (traces.length === 0 && wrong !== undefined && 'wrong' in wrong)
    throw new UsageError(wrong.wrong, 'trace');
  if (traces.length > 0) io.stdout.write(rendered(traces, typed, format, line, io));

  io.stderr.write(problemLines(read.inputs.problems));
  if (tellsNotes(read.inputs, line) && format === 'pretty')
    for (const note of notes(read, shown, ['kubeplumb', 'trace', ...typed].join(' ')))
      io.stderr.write(noteLines(note, io.stderr));
  const notFound = traces.length === 0 ? missing[0] : undefined;
  if (notFound !== undefined) {
    const files = inFilesRead(read.manifests.length);
    io.stderr.write(
      `error: ${notThere(notFound, start === from ? undefined : from, shown, files)}\n`,
    );
  }
  if (failed(read.inputs, line)) return 2;
  return notFound !== undefined || traces.some(({ state }) => state === 'broken') ? 1 : 0;
}

/** `-n shop` chooses among objects of one name. */
function inNamespace(end: End, namespace: string | undefined): End {
  return namespace === undefined || end.type === 'url' || end.name.includes('.')
    ? end
    : { ...end, name: `${end.name}.${namespace}` };
}

/** @param typed the start, where it was looked for in the namespace of `-n` only */
function notThere(
  { kind, name, known }: NotFound,
  typed: End | undefined,
  shown: readonly Picture[],
  files: string,
): string {
  const own = typed?.type === 'object' && name.startsWith(`${typed.name}.`) ? typed : undefined;
  if (own === undefined) return `${kind} "${name}" not found${files}${namesLike(name, known)}`;
  const hint = inNamespaces(elsewhere(own, shown)) || namesLike(own.name, known);
  const namespace = name.slice(own.name.length + 1);
  return `${kind} "${own.name}" not found in namespace ${namespace}${files}${hint}`;
}

/** The namespaces that have what was looked for in another one. */
function elsewhere(end: Named, shown: readonly Picture[]): string[] {
  return shown.flatMap(({ cluster }) =>
    end.kind === 'service'
      ? cluster.services.flatMap(({ object: { name, namespace } }) =>
          name === end.name ? (namespace ?? []) : [],
        )
      : cluster.pods.all.flatMap(({ workload, namespace }) =>
          workload.name === end.name && namesKind(end.kind, workload) ? namespace : [],
        ),
  );
}

/**
 * That one overlay has no rule for a host is nothing to tell where another one has; where none has,
 * the same words are enough once, with what would help if any of them knows.
 */
function taken(traces: readonly Trace[]): readonly Trace[] {
  const isFound = ({ hops: [first, second] }: Trace): boolean =>
    !(first?.step === 'rule' && (first.state === 'broken' || second === undefined));
  const found = traces.filter(isFound);
  if (found.length > 0) return found;
  const open = traces.find(({ state }) => state === 'unknown');
  if (open !== undefined) return [open];
  const helping = traces.filter(({ hops: [first] }) => first?.help !== undefined);
  return dedupe(helping.length > 0 ? helping : traces, ({ hops: [first] }) => first?.text ?? '');
}

function rendered(
  traces: readonly Trace[],
  typed: readonly string[],
  format: string,
  line: CommandLine,
  io: Io,
): string {
  const [from = '', to] = typed;
  if (format === 'json')
    return jsonTraces({ from, ...(to !== undefined && { to }) }, traces, {
      name: 'kubeplumb',
      version,
    });
  return harmless(
    prettyTraces(typed.join(' → '), traces, {
      style: stdoutStyle(line, io),
      width: Math.min(io.stdout.columns ?? 100, 120),
    }),
  );
}

interface Ends {
  readonly ends: readonly End[];
  /** As they are typed. */
  readonly typed: readonly string[];
  readonly paths: string[];
}

/** The first one or two arguments that are not input are the ends. */
function endsAndPaths(args: readonly string[], cwd: string): Ends {
  const ends: End[] = [];
  const typed: string[] = [];
  const paths: string[] = [];
  let isShort = false;
  for (const argument of joined(args, cwd)) {
    const found = ends.length === 2 ? undefined : endOf(argument, ends[0], cwd);
    if (found === undefined) {
      if (ends.length === 0 && !isInput(argument, cwd))
        throw new UsageError(
          `"${argument}" is neither a URL, HOST:PORT, KIND/NAME nor the name of a Service`,
          'trace',
        );
      paths.push(argument);
    } else {
      if (ends.length === 0) ({ isShort } = found);
      ends.push(found.end);
      typed.push(argument);
    }
  }
  const [from, to] = ends;
  // What sends is no Service.
  return isShort && from?.type === 'object' && to !== undefined
    ? { ends: [{ ...from, kind: 'workload' }, to], typed, paths }
    : { ends, typed, paths };
}

interface Typed {
  readonly end: End;
  /** Without scheme or kind. */
  readonly isShort: boolean;
}

/** @param from the end before it; only a workload has another one */
function endOf(argument: string, from: End | undefined, cwd: string): Typed | undefined {
  const isUrl = /^(https?|tcp|tls):\/\//i.test(argument);
  if (!isUrl && isInput(argument, cwd)) return undefined;
  const whole = parseEnd(argument);
  if (whole !== undefined || isUrl) return whole && { end: whole, isShort: false };
  const short = from?.type === 'url' ? undefined : parseShortEnd(argument);
  return short && { end: short, isShort: true };
}

/** `svc web` is `svc/web`, as kubectl takes it. */
function joined(args: readonly string[], cwd: string): string[] {
  const isWord = (word: string | undefined): word is string =>
    word !== undefined && /^[a-z\d][\w.-]*$/.test(word) && !isInput(word, cwd);
  const all: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const argument = args[index]!;
    const next = args[index + 1];
    const isPair = isWord(argument) && isEnd(argument) && isWord(next);
    all.push(isPair ? `${argument}/${next}` : argument);
    if (isPair) index++;
  }
  return all;
}
