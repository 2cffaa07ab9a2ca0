import { verticalAutoscalerIdle } from '../../rules/scaling/vertical-autoscaler-idle.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, deployment, webDeployment } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

testRule(verticalAutoscalerIdle, {
  valid: [
    {
      name: 'right bounds',
      yaml: documents(
        app('web', { replicas: 3 })``,
        yaml`
          apiVersion: autoscaling.k8s.io/v1
          kind: VerticalPodAutoscaler
          metadata:
            name: web
          spec:
            targetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
            updatePolicy: { updateMode: "Off" }
            resourcePolicy:
              containerPolicies:
                - { containerName: web, minAllowed: { cpu: 50m }, maxAllowed: { cpu: 1 } }
        `,
      ),
    },
    {
      name: 'every container',
      yaml: documents(
        app('web', { replicas: 3 })``,
        yaml`
          apiVersion: autoscaling.k8s.io/v1
          kind: VerticalPodAutoscaler
          metadata:
            name: web
          spec:
            targetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
            updatePolicy: { updateMode: Auto }
            resourcePolicy:
              containerPolicies:
                - { containerName: "*", mode: Auto }
        `,
      ),
    },
    {
      name: 'one pod, and said so',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: autoscaling.k8s.io/v1
          kind: VerticalPodAutoscaler
          metadata:
            name: web
          spec:
            targetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
            updatePolicy: { updateMode: Auto, minReplicas: 1 }
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'what is turned off for a container by a slip of its name',
      yaml: documents(
        deployment('web', { replicas: 2 })`
          containers:
            - name: web
              image: shop/web:1.4
        `,
        yaml`
          apiVersion: autoscaling.k8s.io/v1
          kind: VerticalPodAutoscaler
          metadata:
            name: web
          spec:
            targetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
            resourcePolicy:
              containerPolicies:
                - { containerName: wbe, mode: "Off" }
                - { containerName: istio-proxy, mode: "Off" }
        `,
      ),
      errors: [
        {
          id: 'container',
          line: 25,
          column: 26,
          endColumn: 29,
          message: 'Deployment default/web has no container "wbe"; its containers: web',
        },
      ],
    },
    {
      name: 'bounds',
      yaml: documents(
        app('web', { replicas: 3 })``,
        yaml`
          apiVersion: autoscaling.k8s.io/v1
          kind: VerticalPodAutoscaler
          metadata:
            name: web
          spec:
            targetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
            updatePolicy: { updateMode: "Off" }
            resourcePolicy:
              containerPolicies:
                - { containerName: web, minAllowed: { cpu: 2 }, maxAllowed: { cpu: 1 } }
        `,
      ),
      errors: [
        {
          id: 'bounds',
          line: 27,
          column: 50,
          endColumn: 51,
          message: 'minAllowed cpu 2 is above maxAllowed 1',
        },
      ],
    },
    {
      name: 'container',
      yaml: documents(
        app('web', { replicas: 3 })``,
        yaml`
          apiVersion: autoscaling.k8s.io/v1
          kind: VerticalPodAutoscaler
          metadata:
            name: web
          spec:
            targetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
            updatePolicy: { updateMode: "Off" }
            resourcePolicy:
              containerPolicies:
                - { containerName: app, maxAllowed: { cpu: 1 } }
        `,
      ),
      errors: [
        {
          id: 'container',
          line: 27,
          column: 26,
          endColumn: 29,
          message: 'Deployment default/web has no container "app"; its containers: web',
        },
      ],
    },
    {
      name: 'one pod',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: autoscaling.k8s.io/v1
          kind: VerticalPodAutoscaler
          metadata:
            name: web
          spec:
            targetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
            updatePolicy: { updateMode: Recreate }
        `,
      ),
      errors: [
        {
          id: 'alone',
          line: 22,
          column: 61,
          endColumn: 64,
          severity: 'info',
          message:
            'Deployment default/web has one pod: the updater (mode Recreate) evicts pods of two or more only, so its requests change when it is replaced for another reason',
        },
      ],
    },
  ],
});
