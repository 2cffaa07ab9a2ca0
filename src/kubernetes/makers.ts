/**
 * Which custom resources make Secrets and ConfigMaps, and under which names. To teach the project a
 * maker, add its line here. From the API types of each project: cert-manager
 * pkg/apis/certmanager/v1 `CertificateSpec.SecretName`, external-secrets apis/externalsecrets
 * `ExternalSecretTarget`, sealed-secrets pkg/apis/sealedsecrets `SecretTemplateSpec`,
 * vault-secrets-operator api/v1beta1 `Destination`, secrets-store-csi-driver apis/v1
 * `SecretObject`, trust-manager pkg/apis/trust `Bundle`, strimzi `KafkaUser`.
 */
import { getOwn } from '../own.ts';
import { fieldsAt, type Pattern, patternOf } from './fields.ts';
import { groupOf } from './group-version.ts';
import { type AnyJson, asJsonObject, asList, asText, fieldAt } from './json.ts';

interface Maker {
  /** `Secret` or `ConfigMap`. */
  readonly makes: 'Secret' | 'ConfigMap';
  /**
   * From the object to the names; the first pattern that leads to any counts. Without one it is the
   * object's own name.
   */
  readonly names: readonly Pattern[];
  /** It makes one in every namespace. */
  readonly everywhere?: true;
}

const secret = (...names: string[]): Maker => ({ makes: 'Secret', names: names.map(patternOf) });
const own = 'metadata.name';

const makers: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ['cert-manager.io/Certificate', secret('spec.secretName')],
  ['external-secrets.io/ExternalSecret', secret('spec.target.name', own)],
  [
    'external-secrets.io/ClusterExternalSecret',
    { ...secret('spec.externalSecretName', own), everywhere: true },
  ],
  ['kubernetes-client.io/ExternalSecret', secret(own)],
  ['bitnami.com/SealedSecret', secret('spec.template.metadata.name', own)],
  ['isindir.github.com/SopsSecret', secret('spec.secretTemplates[].name')],
  ['secrets.hashicorp.com/VaultStaticSecret', secret('spec.destination.name')],
  ['secrets.hashicorp.com/VaultDynamicSecret', secret('spec.destination.name')],
  ['secrets.hashicorp.com/VaultPKISecret', secret('spec.destination.name')],
  ['ricoberger.de/VaultSecret', secret(own)],
  ['redhatcop.redhat.io/VaultSecret', secret('spec.output.name', own)],
  ['secrets-store.csi.x-k8s.io/SecretProviderClass', secret('spec.secretObjects[].secretName')],
  ['onepassword.com/OnePasswordItem', secret(own)],
  ['secrets.doppler.com/DopplerSecret', secret('spec.managedSecret.name')],
  ['secrets.infisical.com/InfisicalSecret', secret('spec.managedSecretReference.secretName')],
  ['spv.no/AzureKeyVaultSecret', secret('spec.output.secret.name')],
  ['kafka.strimzi.io/KafkaUser', secret(own)],
  [
    'trust.cert-manager.io/Bundle',
    { makes: 'ConfigMap', names: [patternOf(own)], everywhere: true },
  ],
]);

/**
 * What a resource of Crossplane writes for those who connect to it, in the namespace that it names.
 */
const connection: Maker = {
  ...secret('spec.writeConnectionSecretToRef.name'),
  everywhere: true,
};

/**
 * Annotations by which a controller copies a Secret or ConfigMap into other namespaces: Reflector,
 * Replicator, and the one that was called kubed.
 *
 * @source emberstack/kubernetes-reflector
 *   src/ES.Kubernetes.Reflector/Core/Mirroring/Constants/Annotations.cs `Reflection` @31bfc682
 * @source mittwald/kubernetes-replicator replicate/common/consts.go `ReplicateTo` @d25b7386
 */
const copying = [
  'reflector.v1.k8s.emberstack.com/reflection-auto-enabled',
  'replicator.v1.mittwald.de/replicate-to',
  'replicator.v1.mittwald.de/replicate-to-matching',
  'kubed.appscode.com/sync',
] as const;

/** The annotations of a Secret, where it is written or where its maker is told of them. */
const annotationsOfSecrets = [
  ['metadata', 'annotations'],
  ['spec', 'secretTemplate', 'annotations'],
  ['spec', 'template', 'metadata', 'annotations'],
  ['spec', 'target', 'template', 'metadata', 'annotations'],
] as const;

/** Into which namespaces is mostly written as a pattern or a selector, so that all count. */
function isCopied(value: AnyJson): boolean {
  return annotationsOfSecrets.some((path) => {
    const annotations = asJsonObject(fieldAt(value, ...path)) ?? {};
    return copying.some((key) => (getOwn(annotations, key) ?? 'false') !== 'false');
  });
}

function copiesOf(kind: string, value: AnyJson): Made[] {
  if ((kind !== 'Secret' && kind !== 'ConfigMap') || !isCopied(value)) return [];
  const name = asText(fieldAt(value, 'metadata', 'name'));
  return name === undefined ? [] : [{ kind, name, everywhere: true }];
}

/**
 * The keys of the Secret that an object makes; undefined where it may have others. From the API
 * types named above: `SealedSecretSpec`, `ExternalSecretSpec`, `CertificateSpec`.
 */
export function keysMadeBy({
  apiVersion,
  kind,
  value,
}: {
  readonly apiVersion: string;
  readonly kind: string;
  readonly value: AnyJson;
}): readonly string[] | undefined {
  const spec = fieldAt(value, 'spec');
  const keysOf = (...path: string[]) => Object.keys(asJsonObject(fieldAt(spec, ...path)) ?? {});
  const has = (...path: string[]) => fieldAt(spec, ...path) !== undefined;
  switch (`${groupOf(apiVersion)}/${kind}`) {
    case 'bitnami.com/SealedSecret':
      return [...keysOf('encryptedData'), ...keysOf('template', 'data')];
    case 'external-secrets.io/ExternalSecret': {
      const isOpen =
        has('dataFrom') || has('target', 'template') || has('target', 'creationPolicy');
      const listed = asList(fieldAt(spec, 'data'));
      return isOpen ? undefined : listed.map((one) => asText(fieldAt(one, 'secretKey')) ?? '');
    }
    case 'cert-manager.io/Certificate': {
      const isOpen = has('additionalOutputFormats') || has('keystores') || has('secretTemplate');
      return isOpen ? undefined : ['ca.crt', 'tls.crt', 'tls.key'];
    }
    default:
      return undefined;
  }
}

export interface Made {
  readonly kind: 'Secret' | 'ConfigMap';
  readonly name: string;
  /** In every namespace, not only in the maker's. */
  readonly everywhere: boolean;
}

/** What an object makes. */
export function madeBy({
  apiVersion,
  kind,
  value,
}: {
  readonly apiVersion: string;
  readonly kind: string;
  readonly value: AnyJson;
}): readonly Made[] {
  if (apiVersion === 'v1') return copiesOf(kind, value);
  const maker = makers.get(`${groupOf(apiVersion)}/${kind}`) ?? connection;
  for (const pattern of maker.names) {
    const fields = fieldsAt(value, pattern);
    if (fields.length === 0) continue;
    const names = fields.flatMap((field) => asText(field.value) ?? []);
    if (names.length > 0)
      return names.map((name) => ({
        kind: maker.makes,
        name,
        everywhere: maker.everywhere === true || isCopied(value),
      }));
  }
  return nothing;
}

const nothing: readonly Made[] = [];
