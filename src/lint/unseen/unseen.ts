/** What is not known about a unit: the reasons why "there is none" may be wrong. */
import type { Cluster } from '../../cluster/cluster.ts';
import { claimMaker } from '../../cluster/made-claims.ts';
import { makerOf } from '../../cluster/made-objects.ts';
import { type ClusterObject } from '../../cluster/objects.ts';
import type { Operators } from '../../cluster/operators/operators.ts';
import { isOfDomain, isOperatorDomain } from '../../cluster/operators/table.ts';
import { groupOf } from '../../kubernetes/group-version.ts';
import { isWorkloadKind } from '../../kubernetes/kinds.ts';
import type { ManifestDocument } from '../../manifest/manifest.ts';
import { describeObject } from '../../manifest/object-reference.ts';
import { lazily } from '../../memo.ts';
import { isGeneratedIn } from '../../units/kustomize/generated-data.ts';
import { isGuess, type Unit } from '../../units/unit.ts';
import { type Assumption, Assumptions } from './assumptions.ts';
import { chartOfName, chartsBeside } from './installed-charts.ts';
import { type InOtherUnit, OtherUnits } from './other-units.ts';
import { podMaker } from './pod-makers.ts';

/**
 * `github.com/…/config/crd?ref=v1`, `…/crds/minimal`, `…/foo-crds.yaml`: CustomResourceDefinitions,
 * and no pods or Services.
 */
const bringsDefinitionsOnly =
  /\/crds?\/|(?:^|[/._-])(?:crds?|customresourcedefinitions?)(?:\.ya?ml)?\/?$/i;

/** What is known beside the unit. */
export interface Surroundings {
  readonly otherUnits?: OtherUnits;
  readonly assumptions?: Assumptions;
}

export class Unseen {
  /** Documents that may hold anything of the kind they name, or of any kind. */
  readonly unread: readonly ManifestDocument[];
  /** Resources of a kustomization that cannot be read offline. */
  readonly #missing: readonly string[];
  readonly #operators: Operators;
  readonly #cluster: Cluster;
  readonly #unreadPods = lazily(() => this.#whyUnread(isWorkloadKind));
  readonly #unreadOfKind = new Map<string, { readonly why: string | undefined }>();
  readonly #unit: Unit;
  readonly #groupsRead = lazily(
    () => new Set(this.#cluster.objects.all.map(({ apiVersion }) => groupOf(apiVersion))),
  );
  readonly #charts = lazily(() => chartsBeside(this.#unit.documents));
  readonly #elsewhere: OtherUnits;
  readonly #assumptions: Assumptions;

  constructor(unit: Unit, cluster: Cluster, { otherUnits, assumptions }: Surroundings = {}) {
    this.#unit = unit;
    this.#elsewhere = otherUnits ?? new OtherUnits([unit]);
    this.#assumptions = assumptions ?? new Assumptions([]);
    const failed = cluster.failed.map(({ object }) => object.document);
    this.unread = [
      ...unit.documents.filter(
        ({ state, problem, meant }) =>
          state === 'template' ||
          (state === 'broken' && problem?.code !== 'type-meta' && meant !== true),
      ),
      ...failed,
    ];
    this.#missing = unit.missing.filter(
      (path) => !bringsDefinitionsOnly.test(path.replace(/\?.*$/s, '')),
    );
    this.#operators = cluster.operators;
    this.#cluster = cluster;
  }

  /** Whether nobody said that the objects of the unit are all there is. */
  get isGuess(): boolean {
    return isGuess(this.#unit);
  }

  /**
   * Why pods that were not read may exist: a template, a document in need of repair, a remote
   * resource.
   */
  unreadPods(): string | undefined {
    return this.#unreadPods();
  }

  /**
   * Why pods that no manifest shows may be selected: a custom resource whose operator makes some,
   * or of which nothing is known.
   */
  operatedPods(selector: Readonly<Record<string, string>>, namespace: string): string | undefined {
    return (
      mayMake(this.#operators.mayBeSelected(selector, namespace), 'pods of its own') ??
      this.#labelsOfOperator(selector, namespace) ??
      this.#ofChart(Object.values(selector), 'such pods') ??
      this.#madeAtRunTime(namespace)
    );
  }

  /**
   * A label of an operator's domain that no pod has which was read: what sets it is elsewhere, or
   * comes when the operator runs.
   */
  #labelsOfOperator(
    selector: Readonly<Record<string, string>>,
    namespace: string,
  ): string | undefined {
    for (const key of Object.keys(selector)) {
      const [domain = ''] = key.includes('/') ? key.split('/') : [];
      // Of an operator whose resources were read it is known what its pods have.
      if (
        isOperatorDomain(domain, this.#operators.definedGroups) &&
        ![...this.#groupsRead()].some((group) => isOfDomain(group, domain)) &&
        !this.#cluster.pods.inNamespace(namespace).some(({ labels }) => labels.has(key))
      )
        return `the label ${key} is one that an operator keeps for pods of its own`;
    }
    return undefined;
  }

  /** Why a release of a chart may bring something that one of these names speaks of. */
  #ofChart(names: readonly string[], what: string): string | undefined {
    const charts = this.#charts();
    for (const name of charts.length === 0 ? [] : names) {
      const chart = chartOfName(name, charts);
      if (chart !== undefined)
        return `${chart.path} is for a chart, whose release may bring ${what}`;
    }
    return undefined;
  }

  #madeAtRunTime(namespace: string): string | undefined {
    const role = podMaker(this.#cluster, namespace);
    return role === undefined
      ? undefined
      : `${describeObject(role)} lets a program make pods while it runs`;
  }

  /** Why pods that another unit has may be the ones. */
  podsOfOtherUnit(
    selector: Readonly<Record<string, string>>,
    namespace: string,
  ): string | undefined {
    const found = this.#elsewhere.findPods(this.#unit, namespace, selector);
    return found === undefined
      ? undefined
      : `${found.object.kind} ${found.object.name} in ${found.object.document.file.path} ` +
          `makes such pods, and belongs to ${found.unit.name}, a unit of its own`;
  }

  /** Whether an operator is known to make pods that the selector takes. */
  hasOperatedPods(selector: Readonly<Record<string, string>>, namespace: string): boolean {
    return this.#operators.hasPods(selector, namespace);
  }

  /**
   * `operatedPods` where those labels are known to be on its pods in some release: no guess is
   * better.
   */
  explainedPods(selector: Readonly<Record<string, string>>, namespace: string): string | undefined {
    return mayMake(this.#operators.explains(selector, namespace), 'such pods');
  }

  /** Why an object of a kind and a name may exist although it was not found. */
  whyUnseen(
    kind: string,
    wanted: { readonly namespace: string; readonly name: string },
  ): string | undefined {
    return (
      this.whyDocumentUnseen(kind) ??
      this.#operator(kind, wanted) ??
      this.#ofChart([wanted.name], `a ${kind} of that name`)
    );
  }

  /**
   * Why Services that were not read may be in one of these namespaces; with these labels, where
   * they are given.
   */
  whyServicesUnseen(namespaces: readonly string[], labels?: readonly string[]): string | undefined {
    return (
      this.whyDocumentUnseen('Service') ??
      mayMake(this.#operators.anyIn(namespaces, labels), 'a Service of its own')
    );
  }

  /**
   * The same without what operators may make: an object that they name after something else does
   * not hit a typo.
   */
  whyDocumentUnseen(kind: string): string | undefined {
    let reason = this.#unreadOfKind.get(kind);
    if (reason === undefined)
      this.#unreadOfKind.set(kind, (reason = { why: this.#whyUnread((other) => other === kind) }));
    return reason.why;
  }

  #whyUnread(fits: (kind: string) => boolean): string | undefined {
    const document = this.unread.find(
      ({ kind }) => kind === undefined || fits(kind) || kind === 'List',
    );
    return document === undefined ? this.#unseenParts() : unreadReason(document);
  }

  /**
   * What makes a Secret, ConfigMap or claim of this name: a generator of the kustomization, or an
   * object whose controller does. Of Services it is an object whose operator is known to make one.
   */
  makerOf(kind: string, namespace: string | undefined, name: string): string | undefined {
    if (kind === 'Service') {
      const operated =
        namespace === undefined ? undefined : this.#operators.makerOfService(namespace, name);
      return operated && describeObject(operated);
    }
    const generated = this.#unit.generated?.get(`${kind}/${name}`);
    if (generated !== undefined && isGeneratedIn(generated, namespace, this.#cluster.options))
      return `a generator of ${this.#unit.name}`;
    const maker =
      (kind === 'PersistentVolumeClaim'
        ? claimMaker(this.#cluster.objects, namespace, name)
        : makerOf(this.#cluster.objects, kind, namespace, name)) ??
      this.#operators.knownIn(namespace ?? '', kind).get(name)?.object;
    return maker && describeObject(maker);
  }

  /** What somebody said exists; `namespace` is undefined for kinds that have none. */
  assumed(kind: string, namespace: string | undefined, name: string): Assumption | undefined {
    return this.#assumptions.find(kind, namespace, name);
  }

  /** An object of another unit, which may or may not be in the same cluster. */
  inOtherUnit(
    group: string,
    kind: string,
    namespace: string | undefined,
    name: string,
  ): InOtherUnit | undefined {
    return this.#elsewhere.find(this.#unit, group, kind, namespace, name);
  }

  #unseenParts(): string | undefined {
    return this.#missing[0] === undefined
      ? undefined
      : `the kustomization also takes ${this.#missing[0]}, which was not read`;
  }

  #operator(
    kind: string,
    { namespace, name }: { readonly namespace: string; readonly name: string },
  ): string | undefined {
    const maker = kind === 'Service' ? this.makerOf(kind, namespace, name) : undefined;
    return maker === undefined
      ? mayMake(this.#operators.mayMake(kind, namespace, name), `a ${kind} of its own`)
      : `${maker} makes a Service of that name`;
  }
}

function mayMake(object: ClusterObject | undefined, what: string): string | undefined {
  return object === undefined ? undefined : `${describeObject(object)} may make ${what}`;
}

function unreadReason({ file, state, index }: ManifestDocument): string {
  return (
    `document ${index + 1} of ${file.path} ` +
    `${state === 'template' ? 'is a template that was not rendered' : 'could not be read'}`
  );
}
