/** Admission webhooks (admissionregistration/v1 `ValidatingWebhook`, `MutatingWebhook`). */
import type { ClusterObject, ObjectIndex } from '../../cluster/objects.ts';
import { asList, fieldAt, type Json, type Path } from '../../kubernetes/json.ts';

/** Kinds whose objects list admission webhooks. */
export const webhookKinds = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'];

export interface Webhook {
  readonly object: ClusterObject;
  readonly value: Json;
  readonly index: number;
  /** Leads to `clientConfig`: how it is called. */
  readonly client: Path;
}

export function* webhooksIn(objects: ObjectIndex): Generator<Webhook> {
  for (const kind of webhookKinds)
    for (const object of objects.ofKind('admissionregistration.k8s.io', kind))
      for (const [index, value] of asList(fieldAt(object.value, 'webhooks')).entries())
        yield { object, value, index, client: ['webhooks', index, 'clientConfig'] };
}
