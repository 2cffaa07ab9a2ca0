/** From an address to what an Ingress makes of it. */
import type { Ingress } from 'kubernetes-types/networking/v1';
import { ingressBackendMissing } from '../../rules/reference/ingress-backend-missing.ts';
import { ingressPortMismatch } from '../../rules/reference/ingress-port-mismatch.ts';
import { tlsSecretMissing } from '../../rules/reference/tls-secret-missing.ts';
import { ingressClassMissing } from '../../rules/routing/ingress-class-missing.ts';
import { annotationsOf, type ClusterObject, type ObjectIndex } from '../cluster/objects.ts';
import { fieldAt, type Path } from '../kubernetes/json.ts';
import { ingressClassAnnotation } from '../kubernetes/labels.ts';
import { namespaceOf } from '../lint/references/reference.ts';
import { findServicePort } from '../lint/references/service-port.ts';
import {
  controllerOf,
  type IngressService,
  ingressServices,
  unusedBackend,
} from '../lint/routes/ingress-backends.ts';
import type { Place } from '../lint/rule.ts';
import { describeObject } from '../manifest/object-reference.ts';
import type { Picture } from '../project/project.ts';
import type { Address } from './ends.ts';
import { heard, startsWith } from './heard.ts';
import { type Hop, outside, type Trace, traceOf } from './hop.ts';
import { type Fit, hostFit, isBetter, pathFit } from './match.ts';
import { reached } from './reached.ts';
import { ingressRedirect } from './redirects.ts';

const ingressGroup = 'networking.k8s.io';

interface Taken {
  readonly ingress: ClusterObject<Ingress>;
  readonly fit: Fit;
  /** From the Ingress to the path, or to the default backend. */
  readonly at: Path;
  readonly text: string;
}

/** One way for each class: of several Ingresses that a controller serves the best rule wins. */
export function traceIngresses(picture: Picture, address: Address): Trace[] {
  const best = new Map<string, Taken>();
  for (const ingress of picture.cluster.objects.of('Ingress')) {
    const name = classOf(ingress) ?? '';
    for (const taken of rulesFor(ingress, address)) {
      const before = best.get(name);
      if (before === undefined || isBetter(taken.fit, before.fit)) best.set(name, taken);
    }
  }
  return [...best.values()].map((taken) => traceIngress(picture, address, taken));
}

function classOf(ingress: ClusterObject<Ingress>): string | undefined {
  return ingress.value.spec?.ingressClassName ?? annotationsOf(ingress)[ingressClassAnnotation];
}

function rulesFor(ingress: ClusterObject<Ingress>, address: Address): Taken[] {
  const { rules = [], defaultBackend } = ingress.value.spec ?? {};
  const taken = rules.flatMap(({ host, http }, index) => {
    const byHost = hostFit(host, address.host, false);
    if (byHost === undefined) return [];
    return (http?.paths ?? []).flatMap(({ path = '/', pathType }, number): Taken[] => {
      const byPath = pathFit(pathType, path, address);
      if (byPath === undefined) return [];
      const at = ['spec', 'rules', index, 'http', 'paths', number];
      const taken = `${host ?? 'any host'}, path ${path} (${pathType})`;
      const text = `${describeObject(ingress)} takes ${taken}`;
      return [{ ingress, fit: [...byHost, ...byPath], at, text }];
    });
  });
  if (defaultBackend === undefined) return taken;
  const text = `${describeObject(ingress)} takes what none of its rules takes`;
  return [...taken, { ingress, fit: [-1], at: ['spec', 'defaultBackend'], text }];
}

function traceIngress(picture: Picture, address: Address, { ingress, at, text }: Taken): Trace {
  const hops: Hop[] = [
    { step: 'rule', state: 'passes', text, place: { object: ingress, at } },
    classHop(picture, ingress),
  ];
  if (hops.at(-1)?.state === 'broken') return traceOf(hops);
  const { port } = address;
  if (port !== (address.scheme === 'https' ? 443 : 80))
    hops.push({
      step: 'listener',
      state: 'unknown',
      text: `an Ingress says no port: whether its controller listens on ${port} is not known`,
      place: { object: ingress, at: ['spec'], part: 'key' },
    });
  if (address.scheme === 'https') {
    hops.push(certificate(picture, address, ingress));
    if (hops.at(-1)?.state === 'broken') return traceOf(hops);
  }
  const sent = ingressRedirect(ingress, address, picture);
  if (sent !== undefined) return { ...traceOf([...hops, sent.hop]), redirect: sent.to };
  const backend = ingressServices(ingress).find(({ path }) => startsWith(path, at));
  if (backend === undefined)
    return traceOf([...hops, outside(ingress, at, 'the backend is not a Service')]);
  const instead = unusedBackend(backend);
  if (instead !== undefined) return traceOf([...hops, outside(ingress, at, instead)]);
  return reached(
    picture,
    {
      object: ingress,
      at: backend.path,
      name: backend.name,
      namespace: namespaceOf(ingress, picture.cluster),
      serviceRules: [ingressBackendMissing],
      portAt: [...backend.path, 'port'],
      portRules: [ingressPortMismatch],
      portOf: (ports) => portOf(backend, ports),
    },
    hops,
  );
}

/** The port that is written; ingress-nginx takes its targetPort as well. */
function portOf(
  { port: { name, number } }: IngressService,
  ports: Parameters<typeof findServicePort>[0],
): ReturnType<typeof findServicePort> {
  const written = name === undefined || name === '' ? number : name;
  if (written === undefined) return undefined;
  return (
    findServicePort(ports, typeof written === 'number' ? { number: written } : { name: written }) ??
    ports.find(({ targetPort }) => targetPort === written)
  );
}

function classHop(picture: Picture, ingress: ClusterObject<Ingress>): Hop {
  const { objects } = picture.cluster;
  const name = classOf(ingress);
  const written = ingress.value.spec?.ingressClassName !== undefined;
  const at = written
    ? ['spec', 'ingressClassName']
    : name === undefined
      ? ['spec']
      : ['metadata', 'annotations', ingressClassAnnotation];
  const place = { object: ingress, at };
  const said = heard('class', [ingressClassMissing], picture, ingress, at);
  if (said?.state === 'broken') return said;
  if (name === undefined) return defaultClassHop(objects, place);
  const found = objects.findOfKind(ingressGroup, 'IngressClass', undefined, name);
  if (found !== undefined) {
    const controller = fieldAt(found.value, 'spec', 'controller');
    return {
      step: 'class',
      state: 'passes',
      text: `class ${name}, served by ${String(controller ?? 'no controller')}`,
      place,
    };
  }
  const controller = controllerOf(ingress, picture.cluster);
  const guess = controller === 'ingress-nginx' ? ' (by its look that of ingress-nginx)' : '';
  return {
    step: 'class',
    state: 'unknown',
    text:
      `class ${name}${guess} was not read: whether a controller serves it is known to the ` +
      'cluster only',
    place,
  };
}

function defaultClassHop(objects: ObjectIndex, place: Place): Hop {
  const annotation = 'ingressclass.kubernetes.io/is-default-class';
  const byDefault = objects
    .ofKind(ingressGroup, 'IngressClass')
    .find(({ value }) => fieldAt(value, 'metadata', 'annotations', annotation) === 'true');
  return byDefault === undefined
    ? {
        step: 'class',
        state: 'unknown',
        text: 'it names no class, and which one is the default is not in the manifests',
        place,
      }
    : {
        step: 'class',
        state: 'passes',
        text: `it names no class, and ${byDefault.name} is the default`,
        place: { object: byDefault, at: ['metadata', 'name'] },
      };
}

function certificate(
  picture: Picture,
  { host, port }: Address,
  ingress: ClusterObject<Ingress>,
): Hop {
  const { tls = [] } = ingress.value.spec ?? {};
  const index = tls.findIndex(
    ({ hosts = [] }) =>
      hosts.length === 0 || hosts.some((one) => hostFit(one, host, false) !== undefined),
  );
  const at = ['spec', 'tls'];
  const place = { object: ingress, at };
  const entry = tls[index];
  if (entry === undefined) {
    const hosts = tls.flatMap((one) => one.hosts ?? []).slice(0, 3);
    return {
      step: 'certificate',
      state: 'unknown',
      text:
        tls.length === 0
          ? `the Ingress has no TLS: who answers on port ${port}, and with which certificate, is ` +
            'known to the controller only'
          : `the certificates of the Ingress are for ${hosts.join(', ')}, not for ${host}: ` +
            'the controller answers with its own',
      place,
      rule: 'ingress-without-tls',
    };
  }
  return secretHop(picture, ingress, [...at, index], entry.secretName);
}

/** The Secret that holds a certificate. */
function secretHop(
  picture: Picture,
  object: ClusterObject,
  at: Path,
  name: string | undefined,
): Hop {
  const place = { object, at: [...at, ...(name === undefined ? [] : ['secretName'])] };
  if (name === undefined)
    return {
      step: 'certificate',
      state: 'unknown',
      text: 'no Secret is named: the controller answers with a certificate of its own',
      place,
    };
  const said = heard('certificate', [tlsSecretMissing], picture, object, at);
  return (
    said ?? { step: 'certificate', state: 'passes', text: `certificate from Secret ${name}`, place }
  );
}
