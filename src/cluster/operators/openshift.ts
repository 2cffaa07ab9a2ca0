/**
 * OpenShift: DeploymentConfigs are Deployments of another controller; Templates hold objects that
 * are not read.
 */
import { fieldAt } from '../../kubernetes/json.ts';
import type { Operator, OperatorTable } from './operator.ts';
import { countAt, templateAt } from './read.ts';

/**
 * Pods have the template's labels, the name of the configuration and that of its
 * ReplicationController.
 *
 * @source openshift/origin pkg/deploy/util/util.go `MakeDeployment` @89375541
 */
const deploymentConfig: Operator = ({ name, value }) => {
  const template = templateAt(value, ['spec', 'template']);
  if (template === undefined) return {};
  const replicas = countAt(fieldAt(value, 'spec', 'replicas'));
  const labels = { ...template.labels, deployment: null, deploymentconfig: name };
  return { pods: [{ ...template, labels, ...(replicas !== undefined && { replicas }) }] };
};

/** `oc process` makes objects of it, in a namespace of the caller's choice. */
const template: Operator = () => ({ anything: {} });

export const openshift: OperatorTable = {
  // Before groups came up both were served as v1.
  '': { DeploymentConfig: deploymentConfig, Template: template },
  'apps.openshift.io': { DeploymentConfig: deploymentConfig },
  'template.openshift.io': { Template: template },
};
