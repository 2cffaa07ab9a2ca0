/** The list of a cluster that a command is given beside manifests. */
import type { FileSystem } from '../files/file-system.ts';
import { readInputs } from '../files/read.ts';
import { manifestReader } from '../manifest/read.ts';
import { counted } from '../report/text.ts';
import { type Dump, readDump } from '../verify/dump.ts';
import type { Io } from './io.ts';
import { UsageError } from './usage-error.ts';

const listing = 'kubectl get deploy,rs,sts,ds,job,po,svc,ep,endpointslices -A -o yaml';

/** @throws UsageError where it cannot be read, or does not say who answers */
export async function dumpOf(
  path: string,
  command: string,
  io: Io,
  files: FileSystem,
): Promise<Dump> {
  const { files: texts, problems } = await readInputs([path], {
    recursive: true,
    gitignore: false,
    cwd: io.cwd,
    stdin: io.stdin,
    files,
  });
  const problem = problems.find(({ explicit }) => explicit);
  if (problem !== undefined)
    throw new UsageError(`the dump ${problem.path} ${problem.message}`, command);
  const manifests = texts.map(manifestReader());
  const documents = manifests.flatMap((manifest) => manifest.documents);
  const broken = documents.find(({ state }) => state === 'broken');
  if (broken?.problem !== undefined) {
    const { line } = broken.file.position(broken.problem.range[0]);
    const place = `${broken.file.path}:${line}`;
    throw new UsageError(`the dump cannot be read: ${place}: ${broken.problem.message}`, command);
  }
  const objects = manifests.flatMap((manifest) => manifest.objects);
  // A table, as kubectl prints it without -o. An empty List is a cluster in which nothing is.
  if (objects.length === 0 && documents.some(({ state }) => state === 'foreign'))
    throw new UsageError(
      `the dump ${path} holds nothing of Kubernetes; make it with ${listing}`,
      command,
    );
  const dump = readDump(objects);
  if (dump.lacksEndpoints)
    throw new UsageError(
      `the dump lists ${counted(objects.length, 'object')}, and neither EndpointSlices nor ` +
        `Endpoints: nobody knows who answers; make it with ${listing}`,
      command,
    );
  return dump;
}
