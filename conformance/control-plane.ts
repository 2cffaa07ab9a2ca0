/**
 * Runs etcd, kube-apiserver and kube-controller-manager on the loopback interface: a cluster
 * without nodes, whose state is thrown away.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { JsonObject } from '../src/kubernetes/json.ts';
import type { Binaries } from './build.ts';

const token = 'conformance';

export type Family = 'IPv4' | 'IPv6';

interface Settings {
  readonly binaries: Binaries;
  /** The folder of all that the cluster writes. */
  readonly state: string;
  readonly port: number;
  /** Of the cluster, primary first. */
  readonly families: readonly [Family, ...Family[]];
  /** The N of its release 1.N. */
  readonly minor: number;
}

/** Service ranges and the address that the API server says it has. */
const ranges = { IPv4: '10.96.0.0/16', IPv6: 'fd00:10:96::/112' };
const advertised = { IPv4: '192.0.2.10', IPv6: '2001:db8::10' };

/**
 * The controllers that make pods and endpoints. None that needs a cloud, a node or the clock: the
 * driver plays scheduler and kubelet, and ticks CronJobs once.
 */
const controllers = [
  'deployment',
  'replicaset',
  'replicationcontroller',
  'statefulset',
  'daemonset',
  'job',
  'endpoints',
  'endpointslice',
  'endpointslice-mirroring',
  'horizontal-pod-autoscaler',
];

/**
 * Their names on the command line: 1.28 gave every controller a name ending in -controller
 * (cmd/kube-controller-manager/names); before, these were spelt otherwise.
 */
const namesBefore128: Readonly<Record<string, string>> = {
  endpoints: 'endpoint',
  'endpointslice-mirroring': 'endpointslicemirroring',
  'horizontal-pod-autoscaler': 'horizontalpodautoscaling',
};
export function controllerNames(minor: number): string[] {
  return controllers.map((name) =>
    minor >= 28 ? `${name}-controller` : (namesBefore128[name] ?? name),
  );
}

const apiserverArguments = ({ port, families, state }: Settings): string[] => [
  `--etcd-servers=http://127.0.0.1:${port + 1}`,
  '--bind-address=127.0.0.1',
  `--secure-port=${port}`,
  `--advertise-address=${advertised[families[0]]}`,
  '--endpoint-reconciler-type=none',
  `--cert-dir=${join(state, 'certs')}`,
  `--token-auth-file=${join(state, 'tokens.csv')}`,
  '--authorization-mode=AlwaysAllow',
  `--service-account-key-file=${join(state, 'sa.key')}`,
  `--service-account-signing-key-file=${join(state, 'sa.key')}`,
  '--service-account-issuer=https://kubernetes.default.svc',
  '--disable-admission-plugins=ServiceAccount,TaintNodesByCondition',
  `--service-cluster-ip-range=${families.map((family) => ranges[family]).join(',')}`,
  '--allow-privileged=true',
  '--enable-priority-and-fairness=false',
  '--profiling=false',
];

const controllerManagerArguments = ({ port, state, minor }: Settings): string[] => [
  `--kubeconfig=${join(state, 'kubeconfig')}`,
  '--leader-elect=false',
  '--use-service-account-credentials=false',
  '--bind-address=127.0.0.1',
  `--secure-port=${port + 3}`,
  `--cert-dir=${join(state, 'certs')}`,
  '--kube-api-qps=2000',
  '--kube-api-burst=4000',
  '--profiling=false',
  '--horizontal-pod-autoscaler-sync-period=300ms',
  `--controllers=${controllerNames(minor).join(',')}`,
];

const etcdArguments = ({ port, state }: Settings): string[] => [
  `--data-dir=${join(state, 'etcd')}`,
  '--unsafe-no-fsync',
  '--logger=zap',
  '--log-level=warn',
  `--listen-client-urls=http://127.0.0.1:${port + 1}`,
  `--advertise-client-urls=http://127.0.0.1:${port + 1}`,
  `--listen-peer-urls=http://127.0.0.1:${port + 2}`,
  `--initial-advertise-peer-urls=http://127.0.0.1:${port + 2}`,
  `--initial-cluster=default=http://127.0.0.1:${port + 2}`,
];

interface ControlPlane {
  /** The path of its kubeconfig. */
  readonly kubeconfig: string;
  /** Ends exactly what was started. */
  readonly stop: () => Promise<void>;
}

/** Starts a control plane on ports `port` (API) to `port + 3`. Logs lie in `state`/*.log. */
export async function startControlPlane(settings: Settings): Promise<ControlPlane> {
  const { binaries, state, port } = settings;
  if ((await statusOf(port, '/readyz')) !== undefined)
    throw new Error(`something else answers on port ${port}; take another with --port`);
  rmSync(state, { recursive: true, force: true });
  mkdirSync(join(state, 'certs'), { recursive: true });
  const kubeconfig = join(state, 'kubeconfig');
  writeFileSync(join(state, 'tokens.csv'), `${token},conformance,conformance,system:masters\n`);
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  writeFileSync(join(state, 'sa.key'), privateKey, { mode: 0o600 });
  writeFileSync(kubeconfig, kubeconfigOf(port));
  const running: { child: ChildProcess; ended: Promise<unknown> }[] = [];
  const start = (name: string, path: string, args: readonly string[]): ChildProcess => {
    const log = openSync(join(state, `${name}.log`), 'w');
    const child = spawn(path, args, { stdio: ['ignore', log, log] });
    running.push({
      child,
      ended: new Promise((resolve) => child.once('exit', resolve).once('error', resolve)),
    });
    return child;
  };
  // Nothing outlives this process, even where it is ended from outside.
  const abandon = (): void => running.forEach(({ child }) => child.kill('SIGKILL'));
  process.once('exit', abandon);
  const stop = async (): Promise<void> => {
    process.off('exit', abandon);
    for (const { child, ended } of running.toReversed()) {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(late);
    }
  };
  try {
    start('etcd', binaries.etcd, etcdArguments(settings));
    const apiserver = start('kube-apiserver', binaries.apiserver, apiserverArguments(settings));
    await ready(port, apiserver, state);
    start(
      'kube-controller-manager',
      binaries.controllerManager,
      controllerManagerArguments(settings),
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { kubeconfig, stop };
}

async function ready(port: number, apiserver: ChildProcess, state: string): Promise<void> {
  const deadline = Date.now() + 90_000;
  while (Date.now() < deadline && apiserver.exitCode === null) {
    if ((await statusOf(port, '/readyz')) === 200) return;
    await pause(200);
  }
  throw new Error(`kube-apiserver did not become ready; see ${join(state, 'kube-apiserver.log')}`);
}

/** undefined where nothing answers. */
async function statusOf(port: number, path: string): Promise<number | undefined> {
  try {
    return (await callApiServer(port, path)).status;
  } catch {
    return undefined;
  }
}

/**
 * Reads, or creates what is given. The API server's certificate is its own, made at start: nothing
 * vouches for it, and nothing but the loopback interface is spoken to.
 */
export function callApiServer(
  port: number,
  path: string,
  body?: JsonObject,
): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method: body === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        rejectUnauthorized: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
        );
      },
    );
    asked.on('error', reject);
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

const kubeconfigOf = (port: number): string => `apiVersion: v1
kind: Config
clusters:
  - name: conformance
    cluster: {server: "https://127.0.0.1:${port}", insecure-skip-tls-verify: true}
users: [{name: conformance, user: {token: ${token}}}]
contexts: [{name: conformance, context: {cluster: conformance, user: conformance}}]
current-context: conformance
`;
