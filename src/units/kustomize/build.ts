/**
 * What `kustomize build` would make of each kustomization, as far as it can be told offline
 * (kustomize api/internal/target/kusttarget.go).
 */
import { LimitError } from '../../fault.ts';
import { pushAll } from '../../lists.ts';
import { textOf } from '../../manifest/edit.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { childOf, type Node } from '../../manifest/node.ts';
import { mostBuiltObjects, mostBuiltObjectsInAll, mostTransformations } from '../../text/limits.ts';
import type { Kustomization } from '../kustomization.ts';
import { absentFields } from './absent-fields.ts';
import { fixBackReferences } from './back-references.ts';
import type { BrokenEntry } from './broken.ts';
import {
  defaultConfig,
  emptyConfig,
  mergeConfigs,
  readConfig,
  type TransformerConfig,
} from './config.ts';
import { type GeneratedData, mergeGenerated, movedTo } from './generated-data.ts';
import { idleEntries } from './idle-entries.ts';
import { readTrees } from './patch-text.ts';
import { applyPatches, type FindFile } from './patches.ts';
import { type Resource, resourceOf } from './resource.ts';
import {
  addAffixes,
  addAnnotations,
  addLabels,
  openReplaced,
  openVars,
  setNamespace,
  setReplicas,
} from './transformers.ts';
import { isAllRead, unmatchedPatch } from './unmatched-patch.ts';

/** What a kustomization has gathered, with everything below it applied. */
export interface Build {
  readonly resources: readonly Resource[];
  /** Files that it was made of. */
  readonly manifests: ReadonlySet<Manifest>;
  /** What is part of it but cannot be read. */
  readonly missing: ReadonlySet<string>;
  /**
   * What generators make, as `Kustomization.generated`: by the names that others write, before
   * hashes and prefixes.
   */
  readonly generated: GeneratedData;
  readonly config: TransformerConfig;
  /** Patches that are for certain for nothing, and other entries that kustomize fails with. */
  readonly unmatched: readonly BrokenEntry[];
  /** Entries for nothing that kustomize passes over. */
  readonly idle: readonly BrokenEntry[];
}

const nothing: Build = {
  resources: [],
  manifests: new Set(),
  missing: new Set(),
  generated: new Map(),
  config: emptyConfig,
  unmatched: [],
  idle: [],
};

/**
 * Builds kustomizations that refer to each other by their directories; `manifests` are the files
 * that they can take.
 */
export function buildsOf(
  kustomizations: ReadonlyMap<string, Kustomization>,
  manifests: readonly Manifest[],
): (root: Kustomization) => Build {
  const target = new Target(kustomizations, manifests);
  return (root) => target.build(root);
}

class Target {
  readonly kustomizations: ReadonlyMap<string, Kustomization>;
  readonly #byPath: ReadonlyMap<string, Manifest>;
  /** A base is built once, however many overlays it has: nothing changes it any more. */
  readonly #built = new Map<string, Build>();
  /**
   * Those that are beyond a limit, or on which we fail, are so for everybody that refers to them.
   */
  readonly #failed = new Map<string, unknown>();
  readonly #open = new Set<string>();
  /** Of all kustomizations so far, each with what it takes from others. */
  #objects = 0;
  #steps = 0;

  constructor(kustomizations: ReadonlyMap<string, Kustomization>, manifests: readonly Manifest[]) {
    this.kustomizations = kustomizations;
    this.#byPath = new Map(manifests.map((manifest) => [manifest.file.path, manifest]));
  }

  /**
   * The final objects of a kustomization that is built by itself: names in them lead to where they
   * should, and what is marked as local is left out.
   */
  build(root: Kustomization): Build {
    const built = this.#accumulated(root);
    const resources = fixBackReferences(built.resources, built.config.nameReference).filter(
      (resource) => !isLocal(resource),
    );
    return { ...built, resources };
  }

  #accumulated(kustomization: Kustomization): Build {
    const known = this.#built.get(kustomization.directory);
    if (known !== undefined) return known;
    if (this.#failed.has(kustomization.directory)) throw this.#failed.get(kustomization.directory);
    try {
      const built = this.#accumulate(kustomization, nothing);
      this.#built.set(kustomization.directory, built);
      return built;
    } catch (error) {
      this.#failed.set(kustomization.directory, error);
      this.#open.delete(kustomization.directory);
      throw error;
    }
  }

  /** `added` to the `all` that one kustomization brings together. */
  #count(added: number, all: number): void {
    if (all > mostBuiltObjects)
      throw new LimitError(`it brings together more than ${mostBuiltObjects} objects`);
    this.#objects += added;
    if (this.#objects > mostBuiltObjectsInAll)
      throw new LimitError(
        `all kustomizations together bring more than ${mostBuiltObjectsInAll} objects`,
      );
  }

  /** What compares each object with each of something else. */
  #spend(steps: number): void {
    this.#steps += steps;
    if (this.#steps > mostTransformations)
      throw new LimitError(
        `all kustomizations together change their objects more than ${mostTransformations} times`,
      );
  }

  /** `accumulateTarget`; a component starts from what its parent has gathered so far. */
  #accumulate(kustomization: Kustomization, start: Build): Build {
    if (this.#open.has(kustomization.directory)) return start;
    this.#open.add(kustomization.directory);
    const resources = [...start.resources];
    const manifests = new Set([...start.manifests, kustomization.manifest]);
    const missing = new Set([...start.missing, ...kustomization.remote]);
    const inherited = new Map(start.generated);
    const generated = new Map(start.generated);
    mergeGenerated(generated, kustomization.generated);
    let config = start.config;
    const unmatched = [...start.unmatched];
    const idle = [...start.idle];
    const take = (below: Build): void => {
      pushAll(resources, below.resources);
      this.#count(below.resources.length, resources.length);
      for (const manifest of below.manifests) manifests.add(manifest);
      for (const path of below.missing) missing.add(path);
      mergeGenerated(generated, below.generated);
      mergeGenerated(inherited, below.generated);
      config = mergeConfigs(config, below.config);
      pushAll(unmatched, below.unmatched);
      pushAll(idle, below.idle);
    };
    for (const path of kustomization.resources) {
      const below = this.kustomizations.get(path);
      const manifest = this.#byPath.get(path);
      if (below !== undefined) take(this.#accumulated(below));
      else if (manifest !== undefined)
        take({
          ...nothing,
          resources: manifest.objects.map(resourceOf),
          manifests: new Set([manifest]),
        });
      else missing.add(path);
    }
    config = mergeConfigs(config, this.#config(kustomization));
    let gathered: Build = { resources, manifests, missing, generated, config, unmatched, idle };
    for (const path of kustomization.components) {
      const component = this.kustomizations.get(path);
      gathered =
        component === undefined
          ? { ...gathered, missing: new Set([...gathered.missing, path]) }
          : this.#accumulate(component, gathered);
    }
    this.#open.delete(kustomization.directory);
    const lost: BrokenEntry[] = [];
    const transformed = this.#transformed(kustomization, gathered, lost);
    const isRead = isAllRead(transformed, gathered, undefined);
    const entries = isRead
      ? idleEntries(kustomization, [...gathered.resources, ...transformed], {
          generated: inherited,
          manifests: gathered.manifests,
        })
      : { failing: [], idle: [] };
    if (isRead) pushAll(lost, [...absentFields(kustomization, transformed)]);
    const namespace = textOf(kustomization.namespace);
    return {
      ...gathered,
      resources: transformed,
      generated:
        namespace === undefined ? gathered.generated : movedTo(namespace, gathered.generated),
      unmatched: [...gathered.unmatched, ...lost, ...entries.failing],
      idle: [...gathered.idle, ...entries.idle],
    };
  }

  #config({ configurations }: Kustomization): TransformerConfig {
    return configurations.reduce((config, path) => {
      const file = this.#findFile(path);
      const trees = (file === undefined ? undefined : readTrees(file)) ?? [];
      return trees.reduce((merged, tree: Node) => mergeConfigs(merged, readConfig(tree)), config);
    }, defaultConfig);
  }

  readonly #findFile: FindFile = (path) => this.#byPath.get(path)?.file;

  /** In the order of `configureBuiltinTransformers`; what other transformers do is not known. */
  #transformed(kustomization: Kustomization, gathered: Build, lost: BrokenEntry[]): Resource[] {
    const { resources, config } = gathered;
    const { labels, annotations, replicas, replacements, vars, transformers, manifest } =
      kustomization;
    const patch = (list: readonly Resource[], field: 'strategic' | 'either' | 'json'): Resource[] =>
      applyPatches(list, kustomization, field, {
        find: this.#findFile,
        spend: (steps) => this.#spend(steps),
        unmatched: (id, tree, among) => {
          const file = this.#byPath.get((tree.file ?? manifest.file).path);
          if (file !== undefined) pushAll(lost, unmatchedPatch(id, tree, among, gathered, file));
        },
      });
    // Each label is put among those that are there already.
    const pairs = labels.length * (1 + labels.length / 10) + annotations.length;
    const targets = replacements.reduce((sum, one) => sum + one.targets.length, 0);
    this.#spend(resources.length * (pairs + replicas.length + targets + vars.size));
    let list = patch(patch(resources, 'strategic'), 'either');
    list = list.map((resource) =>
      addAnnotations(
        addLabels(
          addAffixes(setNamespace(resource, kustomization, config), kustomization),
          labels,
          config,
        ),
        annotations,
        config,
      ),
    );
    list = patch(list, 'json').map((resource) =>
      openVars(
        openReplaced(setReplicas(resource, replicas, config), replacements, manifest.file),
        vars,
      ),
    );
    const [transformer] = transformers;
    if (transformer === undefined) return list;
    return list.map((resource) => ({
      ...resource,
      unsettled: resource.unsettled ?? `${transformer} transforms it, which was not run`,
    }));
  }
}

/** Left out of the result (`IgnoreLocal`). */
function isLocal({ node }: Resource): boolean {
  return (
    textOf(
      childOf(
        childOf(childOf(node, 'metadata'), 'annotations'),
        'config.kubernetes.io/local-config',
      ),
    ) === 'true'
  );
}
