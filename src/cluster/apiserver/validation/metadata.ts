/** Object metadata: apimachinery pkg/api/validation/objectmeta.go. */
import type { JsonObject } from '../../../kubernetes/json.ts';
import { isPlaceholder } from '../../../manifest/placeholder.ts';
import { getOwn } from '../../../own.ts';
import type { FieldErrors } from '../field-errors.ts';
import { FieldPath } from '../field-path.ts';
import { booleanAt, objectAt, objectsAt, stringAt, stringMapAt, stringsAt } from '../fields.ts';
import { type NameTest, validateNonnegative } from './checks.ts';
import { isDNS1123Label, isLabelKey } from './names.ts';
import { validateLabels } from './selectors.ts';

const metadataPath = FieldPath.of('metadata');
const namePath = metadataPath.child('name');
const labelsPath = metadataPath.child('labels');
const annotationsPath = metadataPath.child('annotations');

/** pkg/apis/core/helper/helpers.go `standardFinalizers`. */
const standardFinalizers: readonly string[] = ['kubernetes', 'orphan', 'foregroundDeletion'];

/**
 * `ValidateObjectMeta`, that of pkg/apis/core/validation included. A namespace that is missing
 * comes from the context, so it is not an error.
 */
export function validateObjectMeta(
  errors: FieldErrors,
  object: JsonObject,
  isName: NameTest,
  namespaced = true,
): void {
  const metadata = objectAt(object, 'metadata');
  const name = stringAt(metadata, 'name');
  const generateName = stringAt(metadata, 'generateName');
  if (generateName !== '')
    errors.invalidEach(
      metadataPath.child('generateName'),
      generateName,
      isName(maskTrailingDash(generateName)),
    );
  if (name !== '') errors.invalidEach(namePath, name, isName(name));
  else if (generateName === '') errors.required(namePath, 'name or generateName is required');
  const namespace = stringAt(metadata, 'namespace');
  // Of a cluster-scoped object it is dropped first (apiserver pkg/registry/rest/meta.go
  // `EnsureObjectNamespaceMatchesRequestNamespace`).
  if (namespace !== '' && namespaced)
    errors.invalidEach(metadataPath.child('namespace'), namespace, isDNS1123Label(namespace));
  validateNonnegative(errors, metadata, metadataPath, 'generation');
  validateLabels(errors, stringMapAt(metadata, 'labels'), labelsPath);
  validateAnnotations(errors, stringMapAt(metadata, 'annotations'), annotationsPath);
  validateOwnerReferences(errors, metadata);
  const finalizersPath = metadataPath.child('finalizers');
  const finalizers = stringsAt(metadata, 'finalizers');
  for (const [index, finalizer] of finalizers.entries()) {
    errors.invalidEach(finalizersPath, finalizer, isLabelKey(finalizer), {
      at: finalizersPath.index(index),
    });
  }
  for (const [index, finalizer] of finalizers.entries()) {
    if (finalizer.includes('/') || standardFinalizers.includes(finalizer)) continue;
    errors.invalid(
      finalizersPath.index(index),
      finalizer,
      'name is neither a standard finalizer name nor is it fully qualified',
    );
  }
}

/** `ValidateAnnotations`. `at`: where they stand, if the API server names another path. */
export function validateAnnotations(
  errors: FieldErrors,
  annotations: Readonly<Record<string, string>> | undefined,
  path: FieldPath,
  at = path,
): void {
  let size = 0;
  for (const key in annotations) {
    const messages = isLabelKey(key.toLowerCase());
    if (messages.length > 0)
      errors.invalidEach(path, key, messages, { at: at.key(key), part: 'key' });
    size += key.length + (getOwn(annotations, key) ?? '').length;
  }
  if (size > 256 * 1024) errors.tooLong(path, 256 * 1024);
}

/** `ValidateOwnerReferences`, but for the ban on Events. */
function validateOwnerReferences(errors: FieldErrors, metadata: JsonObject | undefined): void {
  const path = metadataPath.child('ownerReferences');
  let controller: string | undefined;
  for (const reference of objectsAt(metadata, 'ownerReferences')) {
    const apiVersion = stringAt(reference, 'apiVersion');
    if (!isPlaceholder(apiVersion) && !/^([^/]*\/)?[^/]+$/.test(apiVersion)) {
      errors.invalid(path.child('apiVersion'), apiVersion, 'version must not be empty', {
        at: path,
      });
    }
    for (const field of ['kind', 'name', 'uid']) {
      if (stringAt(reference, field) === '')
        errors.invalid(path.child(field), '', 'must not be empty', { at: path });
    }
    if (booleanAt(reference, 'controller') === true) {
      const current = `${stringAt(reference, 'kind')}/${stringAt(reference, 'name')}`;
      if (controller === undefined) controller = current;
      else {
        const detail =
          'Only one reference can have Controller set to true. Found "true" in references ' +
          `for ${controller} and ${current}`;
        errors.invalid(path, metadata?.['ownerReferences'], detail);
      }
    }
  }
}

/** A generated name goes on after its dash. */
function maskTrailingDash(name: string): string {
  return name.length > 1 && name.endsWith('-') ? `${name.slice(0, -2)}a` : name;
}
