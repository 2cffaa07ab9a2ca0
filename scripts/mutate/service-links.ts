/** From a Service port to the pods it reaches, and from hand-written Endpoints to their Service. */
import type { Cluster } from '../../src/cluster/cluster.ts';
import type { PodSet } from '../../src/cluster/pods.ts';
import { type DeclaredPort, declaredPorts, slicesSeeSidecars } from '../../src/cluster/ports.ts';
import { dialledPort } from '../../src/cluster/proxy.ts';
import type { ServicePicture } from '../../src/cluster/service.ts';
import type { Path } from '../../src/kubernetes/json.ts';
import { serviceNameLabel } from '../../src/kubernetes/labels.ts';
import { isMentionedInPod } from '../../src/lint/ports/mentioned.ts';
import type { End, Link } from './link.ts';

export function serviceLinks(cluster: Cluster): Link[] {
  const sidecars = slicesSeeSidecars(cluster.options.kubernetesMinor);
  return cluster.services.flatMap((service) =>
    service.automatic
      ? service.backends.flatMap((backend) => backendLinks(service, backend, sidecars))
      : manualLinks(service),
  );
}

/** From the workload to the pods' metadata and spec. */
export function podPath({ templatePath }: PodSet, ...rest: Path): Path {
  return [...templatePath, ...rest];
}

/**
 * - `endpoint`: a ready pod answers for the Service port, at whatever number
 * - `declared`: the number that the Service port leads to is one that a container declares
 */
function backendLinks(
  service: ServicePicture,
  { members, resolved }: ServicePicture['backends'][number],
  sidecars: boolean,
): Link[] {
  const { set, count } = members;
  const ready = set.hasAddress && set.notReady.length === 0 && count > 0;
  if (!ready) return [];
  const object = service.object.source;
  const workload = set.workload.source;
  const selection = selectionEnds(service, set);
  const lost = new Set([...resolved.unresolved, ...resolved.unknown]);
  const links: Link[] =
    service.ports.length === 0
      ? [{ kind: 'endpoint', identity: [object, workload], ends: selection, oneOfMany: true }]
      : [];
  for (const [index, port] of service.ports.entries()) {
    if (lost.has(index)) continue;
    const at: Path = ['spec', 'ports', index];
    const target = port.targetPort ?? port.port;
    const protocol = port.protocol ?? 'TCP';
    const declared = declaredPorts(set.spec, sidecars).find(
      (candidate) =>
        (candidate.port.protocol ?? 'TCP') === protocol &&
        [candidate.port.name, candidate.port.containerPort].includes(target),
    );
    // Without a targetPort it is the port itself that must agree.
    const ownPort: End = { object, path: [...at, 'port'], aspect: 'port', mutations: [] };
    const protocolEnds: End[] =
      declared === undefined
        ? []
        : [
            ownPort,
            {
              object,
              path: [...at, 'protocol'],
              aspect: 'port',
              mutations: ['service-port-protocol'],
            },
            containerEnd(set, declared, 'protocol', ['container-port-protocol']),
          ];
    const identity = [object, String(index), workload];
    if (typeof target === 'string') {
      const named =
        declared === undefined
          ? []
          : [containerEnd(set, declared, 'name', ['container-port-name'])];
      const ends: End[] = [
        { object, path: [...at, 'targetPort'], aspect: 'port', mutations: ['target-port-name'] },
        ...named,
        ...protocolEnds,
      ];
      links.push({ kind: 'endpoint', identity, ends: [...selection, ...ends], oneOfMany: true });
      continue;
    }
    links.push({ kind: 'endpoint', identity, ends: selection, oneOfMany: true });
    if (declared === undefined) continue;
    const ends: End[] = [
      {
        object,
        path: [...at, 'targetPort'],
        aspect: 'port',
        mutations: ['target-port-number', 'ports-swapped'],
      },
      containerEnd(set, declared, 'containerPort', declarationMutations(set, target)),
      ...protocolEnds,
    ];
    links.push({ kind: 'declared', identity, ends, oneOfMany: true });
  }
  return links;
}

/** A container that is told of the number elsewhere listens there, whatever it declares. */
function declarationMutations({ spec }: PodSet, target: number): End['mutations'] {
  return isMentionedInPod(target, spec) ? [] : ['container-port-number'];
}

function containerEnd(
  set: PodSet,
  { path }: DeclaredPort,
  field: string,
  mutations: End['mutations'],
): End {
  return {
    object: set.workload.source,
    path: podPath(set, 'spec', ...path, field),
    aspect: 'port',
    mutations,
  };
}

function selectionEnds({ object, selector = {} }: ServicePicture, set: PodSet): End[] {
  const keys = Object.keys(selector);
  return [
    ...keys.map((key): End => ({
      object: object.source,
      path: ['spec', 'selector', key],
      aspect: 'selection',
      mutations: ['selector-value', 'selector-key'],
    })),
    {
      object: object.source,
      path: ['metadata', 'namespace'],
      aspect: 'selection',
      mutations: ['service-namespace'],
    },
    ...labelEnds(set, keys),
  ];
}

/** The labels that a selector of somebody else wants of the pods. */
export function labelEnds(set: PodSet, keys: readonly string[]): End[] {
  return keys.map((key) => ({
    object: set.workload.source,
    path: podPath(set, 'metadata', 'labels', key),
    aspect: 'selection',
    mutations: ['template-label-removed', 'workload-label-value'],
  }));
}

/** `manual`: an address that somebody wrote answers for the Service port. */
function manualLinks({
  object,
  ports,
  manualEndpoints,
  manualSlices,
  mirrored,
}: ServicePicture): Link[] {
  const links: Link[] = [];
  for (const [index, port] of ports.entries()) {
    const portEnd: End = {
      object: object.source,
      path: ['spec', 'ports', index, 'name'],
      aspect: 'port',
      mutations: [],
    };
    const nameEnd: End = {
      object: object.source,
      path: ['metadata', 'name'],
      aspect: 'name',
      mutations: ['service-name'],
    };
    if (
      manualEndpoints !== undefined &&
      mirrored.some((slice) => dialledPort(port, slice.ports) !== undefined)
    ) {
      const source = manualEndpoints.source;
      const names = (manualEndpoints.value.subsets ?? []).flatMap((subset, number) =>
        (subset.ports ?? []).flatMap(({ name }, at): End[] =>
          name === port.name
            ? [
                {
                  object: source,
                  path: ['subsets', number, 'ports', at, 'name'],
                  aspect: 'port',
                  mutations: ['endpoints-port-name'],
                },
              ]
            : [],
        ),
      );
      const ownName: End = {
        object: source,
        path: ['metadata', 'name'],
        aspect: 'name',
        mutations: ['endpoints-name'],
      };
      links.push({
        kind: 'manual',
        identity: [object.source, String(index)],
        ends: [portEnd, nameEnd, ownName, ...names],
      });
    }
    for (const slice of manualSlices) {
      if (dialledPort(port, slice.value.ports ?? []) === undefined) continue;
      const at = (slice.value.ports ?? []).findIndex(
        ({ name }) => (name ?? '') === (port.name ?? ''),
      );
      const ends: End[] = [
        portEnd,
        nameEnd,
        {
          object: slice.source,
          path: ['metadata', 'labels', serviceNameLabel],
          aspect: 'name',
          mutations: ['slice-service'],
        },
        {
          object: slice.source,
          path: ['ports', at, 'name'],
          aspect: 'port',
          mutations: ['slice-port-name'],
        },
      ];
      links.push({
        kind: 'manual-slice',
        identity: [object.source, String(index), slice.source],
        ends,
        oneOfMany: true,
      });
    }
  }
  return links;
}
