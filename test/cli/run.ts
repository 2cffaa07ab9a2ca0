/** Runs the command line in a directory of its own, without a process. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Arrival, Output } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Columns of the terminal; without it there is none. */
  readonly terminal?: number;
  readonly arrival?: Arrival;
}

export async function run(
  argv: readonly string[],
  { files = {}, stdin = '', env = {}, terminal, arrival = 'no pipe' }: RunOptions = {},
): Promise<Ran> {
  const cwd = inDirectory(files);
  const written = { out: '', err: '' };
  const output = (name: 'out' | 'err'): Output => ({
    write(text) {
      written[name] += text;
    },
    isTTY: terminal !== undefined,
    columns: terminal,
  });
  try {
    const code = await main(argv, {
      stdin: async () => Buffer.from(stdin),
      stdout: output('out'),
      stderr: output('err'),
      env,
      cwd,
      comesThroughStdin: async () => arrival,
    });
    return { code, ...written };
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

export function inDirectory(files: Readonly<Record<string, string | Uint8Array>>): string {
  const cwd = mkdtempSync(join(tmpdir(), 'kubeplumb-cli-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), content);
  }
  return cwd;
}

export function deployment(
  name: string,
  {
    app = name,
    replicas = 3,
    port = '{name: http, containerPort: 8080}',
    namespace = 'default',
    more = '',
  } = {},
): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  replicas: ${replicas}
  selector:
    matchLabels:
      app: ${app}
  template:
    metadata:
      labels:
        app: ${app}
    spec:
      containers:
        - name: ${name}
          image: example/${name}
          ports: [${port}]
${more}---
`;
}

export function service(
  name: string,
  { app = name, target = 'http', namespace = 'default', more = '' } = {},
): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  selector:
    app: ${app}
  ports:
    - port: 80
      targetPort: ${target}
${more}---
`;
}
