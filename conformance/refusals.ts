/** Whether the API server takes an object, and in which words it does not: asked without effect. */
import { describeRefusal } from '../src/cluster/apiserver/describe-refusal.ts';
import { predict } from '../src/cluster/cluster.ts';
import { defaultClusterOptions } from '../src/cluster/options.ts';
import type { JsonObject } from '../src/kubernetes/json.ts';
import { readManifest } from '../src/manifest/read.ts';
import { SourceFile } from '../src/manifest/source.ts';
import { entryOf } from '../src/multimap.ts';
import { callApiServer } from './control-plane.ts';
import type { Mutant } from './mutants.ts';

export type Verdict = 'same' | 'other words' | 'missed' | 'false' | 'not comparable';

export interface Compared {
  readonly verdict: Verdict;
  /** What the API server said; empty where it took the object. */
  readonly answer: string;
  /** What we said. */
  readonly predicted: string;
}

/** Finds out how resources are called, once for each apiVersion. */
export class ApiServer {
  readonly #port: number;
  readonly #minor: number;
  readonly #resources = new Map<string, Promise<readonly Resource[]>>();

  constructor(port: number, minor: number) {
    this.#port = port;
    this.#minor = minor;
  }

  async compare({ object }: Mutant): Promise<Compared> {
    const answer = await this.#apply(object);
    const predicted = predictedRefusal(object, this.#minor);
    const base = { answer: answer ?? '', predicted: predicted ?? '' };
    if (answer === undefined || predicted === undefined)
      return { ...base, verdict: 'not comparable' };
    if (answer === predicted) return { ...base, verdict: 'same' };
    if (answer === '') return { ...base, verdict: 'false' };
    return { ...base, verdict: predicted === '' ? 'missed' : 'other words' };
  }

  /** Undefined where it gets no answer of validation: no such resource, not admitted, a clash. */
  async #apply(object: JsonObject): Promise<string | undefined> {
    const { apiVersion, kind } = object as { apiVersion: string; kind: string };
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const resources = await entryOf(this.#resources, apiVersion, () => this.#resourcesOf(root));
    const resource = resources.find((one) => one.kind === kind && !one.name.includes('/'));
    if (resource === undefined) return undefined;
    const place = resource.namespaced ? `${root}/namespaces/default` : root;
    const path = `${place}/${resource.name}?dryRun=All&fieldValidation=Strict`;
    const { status, body } = await callApiServer(this.#port, path, object);
    if (status === 201) return '';
    const { message } = JSON.parse(body) as { readonly message: string };
    return status === 400 || status === 422 ? message : undefined;
  }

  async #resourcesOf(root: string): Promise<readonly Resource[]> {
    const { status, body } = await callApiServer(this.#port, root);
    return status === 200
      ? (JSON.parse(body) as { readonly resources: readonly Resource[] }).resources
      : [];
  }
}

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** Undefined where it is no object to us, and where kubectl itself would not send it. */
function predictedRefusal(object: JsonObject, kubernetesMinor: number): string | undefined {
  const file = new SourceFile('object.json', JSON.stringify(object, null, 1));
  const [read] = readManifest(file).objects;
  if (read === undefined || read.name === '') return undefined;
  const { objects } = predict([read], {
    ...defaultClusterOptions,
    kubernetesMinor,
    ipFamiliesAssumed: false,
    serviceRanges: ['10.96.0.0/16'],
  });
  const refusals = objects.all[0]?.refusals ?? [];
  return refusals.length === 0 ? '' : describeRefusal(read, refusals);
}
