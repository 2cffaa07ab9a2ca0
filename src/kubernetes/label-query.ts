/**
 * A label selector in writing, as `kubectl get -l` and kustomize take it: `app=web,tier in (a,
 * b),!legacy`.
 */

export interface LabelRequirement {
  readonly key: string;
  readonly operator: 'exists' | 'absent' | 'in' | 'not-in';
  readonly values: readonly string[];
}

const requirement = /^(!?)\s*([\w./-]+)(?:\s*(==?|!=)\s*([\w.-]*)|\s+(in|notin)\s*\(([^()]*)\))?$/;

/**
 * The requirements, all of which must hold; undefined where it is none that Kubernetes could read.
 *
 * @source kubernetes/kubernetes staging/src/k8s.io/apimachinery/pkg/labels/selector.go
 *   `Parse` @v1.36.3
 */
export function parseLabelQuery(text: string): readonly LabelRequirement[] | undefined {
  if (text.trim() === '') return [];
  const requirements: LabelRequirement[] = [];
  for (const part of text.split(/,(?![^(]*\))/)) {
    const [, not, key, equals, value, word, list] = requirement.exec(part.trim()) ?? [];
    const isPair = equals !== undefined || word !== undefined;
    if (key === undefined || (not !== '' && isPair)) return undefined;
    const excludes = equals === '!=' || word === 'notin';
    requirements.push({
      key,
      operator: isPair ? (excludes ? 'not-in' : 'in') : not === '' ? 'exists' : 'absent',
      values: isPair ? (list ?? value ?? '').split(',').map((item) => item.trim()) : [],
    });
  }
  return requirements;
}

/** @param valueOf the value of a label; undefined where there is none of that key */
export function meetsAll(
  requirements: readonly LabelRequirement[],
  valueOf: (key: string) => string | undefined,
): boolean {
  return requirements.every(({ key, operator, values }) => {
    const value = valueOf(key);
    if (operator === 'exists') return value !== undefined;
    if (operator === 'absent') return value === undefined;
    const isAmong = value !== undefined && values.includes(value);
    return isAmong === (operator === 'in');
  });
}
