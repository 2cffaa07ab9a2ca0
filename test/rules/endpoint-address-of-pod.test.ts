import { endpointAddressOfPod } from '../../rules/name/endpoint-address-of-pod.ts';
import { testRule } from '../support/rule-tester.ts';
import { documents, yaml } from '../support/yaml.ts';

const legacyService = yaml`
  apiVersion: v1
  kind: Service
  metadata:
    name: legacy
  spec:
    ports: [{ name: http, port: 80 }]
`;

testRule(endpointAddressOfPod, {
  valid: [
    {
      name: 'an address of a network at home',
      yaml: yaml`
        apiVersion: v1
        kind: Service
        metadata:
          name: nas
        spec:
          ports: [{ name: http, port: 80 }]
        ---
        apiVersion: v1
        kind: Endpoints
        metadata:
          name: nas
        subsets:
          - addresses:
              - ip: 192.168.1.10
            ports: [{ name: http, port: 5000 }]
      `,
    },
    {
      name: 'an address outside',
      yaml: documents(
        legacyService,
        yaml`
          apiVersion: v1
          kind: Endpoints
          metadata:
            name: legacy
          subsets:
            - addresses:
                - ip: 10.90.3.4
              ports: [{ name: http, port: 8080 }]
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'copied with its targetRef',
      yaml: documents(
        legacyService,
        yaml`
          apiVersion: v1
          kind: Endpoints
          metadata:
            name: legacy
          subsets:
            - addresses:
                - ip: 10.90.3.4
                  targetRef: { kind: Pod, name: legacy-6d9c7b5f8-x2x7q, namespace: default }
              ports: [{ name: http, port: 8080 }]
        `,
      ),
      errors: [
        {
          id: 'pod',
          line: 14,
          column: 13,
          endColumn: 22,
          message: 'pod "legacy-6d9c7b5f8-x2x7q" had this address when it was copied',
        },
      ],
    },
    {
      name: 'in the range of pods',
      yaml: documents(
        legacyService,
        yaml`
          apiVersion: v1
          kind: Endpoints
          metadata:
            name: legacy
          subsets:
            - addresses:
                - ip: 10.244.1.17
              ports: [{ name: http, port: 8080 }]
        `,
      ),
      errors: [
        {
          id: 'range',
          line: 14,
          column: 13,
          endColumn: 24,
          severity: 'info',
          message:
            '10.244.1.17 is in the range of pods in kubeadm, kind and flannel: addresses there are given out anew with every pod',
        },
      ],
    },
  ],
});
