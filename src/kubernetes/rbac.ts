/** Who may do what (rbac/v1). */
import { type AnyJson, asList, fieldAt, type Json } from './json.ts';

export const rbacGroup = 'rbac.authorization.k8s.io';

/** What binds accounts and roles. */
export const bindingKinds = ['RoleBinding', 'ClusterRoleBinding'] as const;

export const isBinding = (kind: string): boolean => bindingKinds.some((one) => one === kind);

/** What has rules. */
export const roleKinds = ['Role', 'ClusterRole'] as const;

/** One of the rules of a role (rbac/v1 `PolicyRule`), as it is written. */
export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  /** Single objects; none where it is about all of them. */
  readonly resourceNames: readonly string[];
  readonly verbs: readonly string[];
}

/** The rules of a Role or ClusterRole, each at its place, and each text of a field at its own. */
export function policyRules(role: AnyJson | undefined): readonly PolicyRule[] {
  return asList(fieldAt(role, 'rules')).map((rule) => ({
    apiGroups: textsIn(rule, 'apiGroups'),
    resources: textsIn(rule, 'resources'),
    resourceNames: textsIn(rule, 'resourceNames'),
    verbs: textsIn(rule, 'verbs'),
  }));
}

/** Null is the empty text, as encoding/json has it. */
function textsIn(rule: Json, field: string): string[] {
  return asList(fieldAt(rule, field)).map((item) => (typeof item === 'string' ? item : ''));
}
