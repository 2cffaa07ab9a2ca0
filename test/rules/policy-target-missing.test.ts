import { policyTargetMissing } from '../../rules/reference/policy-target-missing.ts';
import { testRule } from '../support/rule-tester.ts';
import { deployment, serviceFor } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const apiDeployment = deployment('api')`
  containers:
    - name: api
      image: shop/api:1.4
      ports: [{ name: https, containerPort: 8443 }]
`;
const apiService = serviceFor('api')`
  ports:
    - name: https
      port: 443
      targetPort: https
`;
const apiBackendTLSPolicy = yaml`
  apiVersion: gateway.networking.k8s.io/v1
  kind: BackendTLSPolicy
  metadata:
    name: api
  spec:
    targetRefs:
      - group: ""
        kind: Service
        name: api
    validation:
      hostname: api.example.com
      caCertificateRefs:
        - { group: "", kind: ConfigMap, name: shop-ca }
`;
const apiHttpServer = yaml`
  apiVersion: policy.linkerd.io/v1beta3
  kind: Server
  metadata:
    name: api-http
  spec:
    podSelector: { matchLabels: { app: api } }
    port: https
`;
const shopCaConfigMap = yaml`
  apiVersion: v1
  kind: ConfigMap
  metadata:
    name: shop-ca
  data:
    ca.crt: a
`;

const apiServerAuthorization = yaml`
  apiVersion: policy.linkerd.io/v1beta1
  kind: ServerAuthorization
  metadata:
    name: api
  spec:
    server:
      name: api-http
    client: { meshTLS: { identities: ["*"] } }
`;
const apiAuthorizationPolicy = yaml`
  apiVersion: policy.linkerd.io/v1alpha1
  kind: AuthorizationPolicy
  metadata:
    name: api
  spec:
    targetRef: { group: policy.linkerd.io, kind: Server, name: api-http }
    requiredAuthenticationRefs: []
`;

testRule(policyTargetMissing, {
  valid: [
    {
      name: 'they are there',
      yaml: documents(apiDeployment, apiService, apiBackendTLSPolicy, shopCaConfigMap),
    },
    {
      name: 'of Linkerd',
      yaml: documents(
        apiDeployment,
        apiService,
        apiHttpServer,
        apiServerAuthorization,
        apiAuthorizationPolicy,
      ),
    },
    {
      name: 'nothing was read',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: BackendTLSPolicy
        metadata:
          name: api
        spec:
          targetRefs:
            - group: ""
              kind: Service
              name: orders
          validation:
            hostname: api.example.com
            caCertificateRefs:
              - { group: "", kind: ConfigMap, name: shop-ca }
      `,
      unknown: [
        'Service "orders" in namespace default was not found, but no workload of namespace default was read together with it',
        'ConfigMap "shop-ca" in namespace default was not found, but neither a ConfigMap nor a workload of namespace default was read together with it',
      ],
    },
    {
      name: 'a port by its name',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: https, containerPort: 8443 }]
        `,
        serviceFor('web')`
          ports:
            - name: https
              port: 443
              targetPort: https
        `,
        yaml`
          apiVersion: gateway.networking.k8s.io/v1
          kind: BackendTLSPolicy
          metadata:
            name: web
          spec:
            targetRefs: [{ group: "", kind: Service, name: web, sectionName: https }]
            validation: { hostname: web.shop.svc, wellKnownCACertificates: System }
        `,
      ),
    },
  ],
  invalid: [
    {
      name: 'a Service',
      yaml: documents(
        apiDeployment,
        apiService,
        yaml`
          apiVersion: gateway.networking.k8s.io/v1
          kind: BackendTLSPolicy
          metadata:
            name: api
          spec:
            targetRefs:
              - group: ""
                kind: Service
                name: apis
            validation:
              hostname: api.example.com
              caCertificateRefs:
                - { group: "", kind: ConfigMap, name: shop-ca }
        `,
        shopCaConfigMap,
      ),
      errors: [
        {
          id: 'nearName',
          line: 36,
          column: 13,
          endColumn: 17,
          message: 'there is no Service "apis" in namespace default; did you mean "api"?',
          related: ['20:9 this Service'],
        },
      ],
      output: documents(apiDeployment, apiService, apiBackendTLSPolicy, shopCaConfigMap),
    },
    {
      name: 'a ConfigMap',
      yaml: documents(
        apiDeployment,
        apiService,
        apiBackendTLSPolicy.replace(
          '- { group: "", kind: ConfigMap, name: shop-ca }',
          '- { group: "", kind: ConfigMap, name: shop-cas }',
        ),
        shopCaConfigMap,
      ),
      errors: [
        {
          id: 'nearName',
          line: 40,
          column: 45,
          endColumn: 53,
          message: 'there is no ConfigMap "shop-cas" in namespace default; did you mean "shop-ca"?',
          related: ['45:9 this ConfigMap'],
        },
      ],
      output: documents(apiDeployment, apiService, apiBackendTLSPolicy, shopCaConfigMap),
    },
    {
      name: 'a Server',
      yaml: documents(
        apiDeployment,
        apiService,
        apiHttpServer,
        yaml`
          apiVersion: policy.linkerd.io/v1beta1
          kind: ServerAuthorization
          metadata:
            name: api
          spec:
            server:
              name: api-htpp
            client: { meshTLS: { identities: ["*"] } }
        `,
      ),
      errors: [
        {
          id: 'nearName',
          line: 42,
          column: 11,
          endColumn: 19,
          message: 'there is no Server "api-htpp" in namespace default; did you mean "api-http"?',
          related: ['31:9 this Server'],
        },
      ],
      output: documents(apiDeployment, apiService, apiHttpServer, apiServerAuthorization),
    },
    {
      name: 'an AuthorizationPolicy',
      yaml: documents(
        apiDeployment,
        apiService,
        apiHttpServer,
        yaml`
          apiVersion: policy.linkerd.io/v1alpha1
          kind: AuthorizationPolicy
          metadata:
            name: api
          spec:
            targetRef: { group: policy.linkerd.io, kind: Server, name: api }
            requiredAuthenticationRefs: []
        `,
      ),
      errors: [
        {
          id: 'otherName',
          line: 41,
          column: 62,
          endColumn: 65,
          severity: 'warning',
          message: 'there is no Server "api" in namespace default; there is "api-http"',
          related: ['31:9 this Server'],
        },
      ],
      output: documents(apiDeployment, apiService, apiHttpServer, apiAuthorizationPolicy),
    },
    {
      name: 'in another namespace',
      yaml: yaml`
        apiVersion: policy.linkerd.io/v1beta3
        kind: Server
        metadata:
          name: api-http
          namespace: api
        spec:
          podSelector: { matchLabels: { app: api } }
          port: https
        ---
        apiVersion: policy.linkerd.io/v1beta1
        kind: ServerAuthorization
        metadata:
          name: api
          namespace: shop
        spec:
          server:
            name: api-http
          client: { meshTLS: { identities: ["*"] } }
      `,
      errors: [
        {
          id: 'otherNamespace',
          line: 17,
          column: 11,
          endColumn: 19,
          severity: 'warning',
          message: 'there is no Server "api-http" in namespace shop; there is Server api/api-http',
          related: ['5:14 this Server'],
        },
      ],
    },
    {
      name: 'a port that the Service does not have',
      yaml: documents(
        deployment('web')`
          containers:
            - name: web
              image: shop/web:1.4
              ports: [{ name: https, containerPort: 8443 }]
        `,
        serviceFor('web')`
          ports:
            - name: https
              port: 443
              targetPort: https
        `,
        yaml`
          apiVersion: gateway.networking.k8s.io/v1
          kind: BackendTLSPolicy
          metadata:
            name: web
          spec:
            targetRefs: [{ group: "", kind: Service, name: web, sectionName: tls }]
            validation: { hostname: web.shop.svc, wellKnownCACertificates: System }
        `,
      ),
      errors: [
        {
          id: 'section',
          line: 33,
          column: 68,
          endColumn: 71,
          message: 'Service default/web has no port "tls"; known ports: 443 ("https")',
          related: ['23:3 the ports of the Service'],
        },
      ],
    },
  ],
});
