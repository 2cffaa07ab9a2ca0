import { meshTlsMismatch } from '../../rules/routing/mesh-tls-mismatch.ts';
import { testRule } from '../support/rule-tester.ts';
import { apiDeployment, labelledApiService, serviceFor } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';
const apiDestinationRule = yaml`
  apiVersion: networking.istio.io/v1
  kind: DestinationRule
  metadata:
    name: api
  spec:
    host: api
    trafficPolicy:
      tls:
        mode: DISABLE
`;
const defaultPeerAuthentication = yaml`
  apiVersion: security.istio.io/v1
  kind: PeerAuthentication
  metadata:
    name: default
  spec:
    mtls:
      mode: STRICT
`;

testRule(meshTlsMismatch, {
  valid: [
    {
      name: 'the same',
      yaml: documents(
        apiDeployment,
        labelledApiService,
        apiDestinationRule.replace('mode: DISABLE', 'mode: ISTIO_MUTUAL'),
        defaultPeerAuthentication,
      ),
    },
    {
      name: 'permissive',
      yaml: documents(
        apiDeployment,
        labelledApiService,
        apiDestinationRule,
        yaml`
          apiVersion: security.istio.io/v1
          kind: PeerAuthentication
          metadata:
            name: default
          spec:
            mtls:
              mode: PERMISSIVE
        `,
      ),
    },
    {
      name: 'for other pods',
      yaml: documents(
        apiDeployment,
        labelledApiService,
        apiDestinationRule,
        yaml`
          apiVersion: security.istio.io/v1
          kind: PeerAuthentication
          metadata:
            name: default
          spec:
            selector: { matchLabels: { app: web } }
            mtls:
              mode: STRICT
        `,
      ),
    },
    {
      name: 'TLS of the server itself',
      yaml: documents(
        apiDeployment.replace(
          'ports: [{ name: http, containerPort: 8080 }]',
          'ports: [{ name: https, containerPort: 8443 }]',
        ),
        serviceFor('api')`
          ports:
            - name: https
              port: 443
              targetPort: https
        `,
        apiDestinationRule.replace('mode: DISABLE', 'mode: SIMPLE'),
      ),
    },
    {
      name: 'the narrower one counts',
      yaml: documents(
        apiDeployment,
        labelledApiService,
        apiDestinationRule,
        defaultPeerAuthentication,
        yaml`
          apiVersion: security.istio.io/v1
          kind: PeerAuthentication
          metadata:
            name: api
          spec:
            selector: { matchLabels: { app: api } }
            mtls:
              mode: DISABLE
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'strict',
      yaml: documents(
        apiDeployment,
        labelledApiService,
        apiDestinationRule,
        defaultPeerAuthentication,
      ),
      errors: [
        {
          id: 'strict',
          line: 37,
          column: 13,
          endColumn: 20,
          message:
            'tls mode DISABLE is not the TLS of the mesh, which PeerAuthentication default/default asks for at Service default/api',
          related: ['45:11 what it asks for'],
        },
      ],
    },
    {
      name: 'off',
      yaml: documents(
        apiDeployment,
        labelledApiService,
        apiDestinationRule.replace('mode: DISABLE', 'mode: ISTIO_MUTUAL'),
        yaml`
            apiVersion: security.istio.io/v1
            kind: PeerAuthentication
            metadata:
              name: default
            spec:
              mtls:
                mode: DISABLE
          `,
      ),
      errors: [
        {
          id: 'off',
          line: 37,
          column: 13,
          endColumn: 25,
          message:
            'tls mode ISTIO_MUTUAL is the TLS of the mesh, which PeerAuthentication default/default turns off at Service default/api',
          related: ['45:11 what it asks for'],
        },
      ],
    },
    {
      name: 'plain',
      yaml: documents(
        apiDeployment,
        labelledApiService,
        apiDestinationRule.replace('mode: DISABLE', 'mode: SIMPLE'),
      ),
      errors: [
        {
          id: 'plain',
          line: 37,
          column: 13,
          endColumn: 19,
          severity: 'warning',
          message:
            'tls mode SIMPLE begins TLS with port http of Service default/api, which is for plain HTTP',
          related: ['24:3 its ports'],
        },
      ],
    },
    {
      name: 'for the whole mesh',
      yaml: documents(
        apiDeployment,
        labelledApiService,
        apiDestinationRule,
        yaml`
          apiVersion: security.istio.io/v1
          kind: PeerAuthentication
          metadata:
            name: default
            namespace: istio-system
          spec:
            mtls:
              mode: STRICT
        `,
      ),
      errors: [
        {
          id: 'strict',
          line: 37,
          column: 13,
          endColumn: 20,
          message:
            'tls mode DISABLE is not the TLS of the mesh, which PeerAuthentication istio-system/default asks for at Service default/api',
          related: ['46:11 what it asks for'],
        },
      ],
    },
  ],
});
