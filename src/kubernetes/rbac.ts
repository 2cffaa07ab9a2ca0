/** Who may do what (rbac/v1). */

export const rbacGroup = 'rbac.authorization.k8s.io';

/** What binds accounts and roles. */
export const bindingKinds = ['RoleBinding', 'ClusterRoleBinding'] as const;
