import { sliceBesideSelector } from '../../rules/name/slice-beside-selector.ts';
import { testRule } from '../support/rule-tester.ts';
import { webDeployment, webService } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

testRule(sliceBesideSelector, {
  valid: [
    {
      name: 'no selector',
      yaml: documents(
        webDeployment,
        yaml`
          apiVersion: v1
          kind: Service
          metadata:
            name: old
          spec:
            ports: [{ port: 80 }]
          ---
          apiVersion: discovery.k8s.io/v1
          kind: EndpointSlice
          metadata:
            name: web-more
            labels:
              kubernetes.io/service-name: old
          addressType: IPv4
          ports: [{ name: "", port: 8080 }]
          endpoints: [{ addresses: [10.0.0.7] }]
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'beside',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: discovery.k8s.io/v1
          kind: EndpointSlice
          metadata:
            name: web-more
            labels:
              kubernetes.io/service-name: web
          addressType: IPv4
          ports: [{ name: "", port: 8080 }]
          endpoints: [{ addresses: [10.0.0.7] }]
        `,
      ),
      errors: [
        {
          id: 'beside',
          line: 35,
          column: 1,
          endColumn: 10,
          message:
            'requests go to these addresses and to the pods of Service "web", and nobody takes these out when they are gone',
          related: ['22:3 by this the controller makes slices from pods'],
        },
      ],
    },
  ],
});
