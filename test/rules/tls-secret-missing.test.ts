import { tlsSecretMissing } from '../../rules/reference/tls-secret-missing.ts';
import { testRule } from '../support/rule-tester.ts';
import { app, deployment, serviceFor, webDeployment, webService } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const webIngress = yaml`
  apiVersion: networking.k8s.io/v1
  kind: Ingress
  metadata:
    name: web
  spec:
    tls:
      - hosts: [shop.example.com]
        secretName: shop-tls
    rules:
      - host: shop.example.com
        http:
          paths:
            - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }
`;
const shopTlsSecret = yaml`
  apiVersion: v1
  kind: Secret
  metadata:
    name: shop-tls
  type: kubernetes.io/tls
  data:
    tls.crt: YQ==
    tls.key: Yg==
`;

const dbSecret = yaml`
  apiVersion: v1
  kind: Secret
  metadata:
    name: db
  type: kubernetes.io/tls
  data:
    tls.crt: YQ==
    tls.key: Yg==
`;
const shopCertSecret = yaml`
  apiVersion: v1
  kind: Secret
  metadata:
    name: shop-cert
  type: kubernetes.io/tls
  data: { tls.crt: "", tls.key: "" }
`;

const gateway = (namespace: string, selector = 'istio: ingressgateway', name = 'shop-tls') => yaml`
  apiVersion: networking.istio.io/v1
  kind: Gateway
  metadata: { name: edge, namespace: ${namespace} }
  spec:
    selector: { ${selector} }
    servers:
      - port: { number: 443, name: https, protocol: HTTPS }
        tls: { mode: SIMPLE, credentialName: ${name} }
        hosts: [shop.example.com]
`;
const certificate = (namespace: string, annotations = '') => yaml`
  apiVersion: cert-manager.io/v1
  kind: Certificate
  metadata: { name: shop, namespace: ${namespace} }
  spec:
    secretName: shop-tls
    dnsNames: [shop.example.com]
    issuerRef: { name: letsencrypt, kind: ClusterIssuer }
    secretTemplate: { annotations: { ${annotations} } }
`;
const shopPods = app('web', { namespace: 'shop' })``;
const proxies = (namespace: string) =>
  app('ingressgateway', { namespace })``.replaceAll('app: ingress', 'istio: ingress');

testRule(tlsSecretMissing, {
  valid: [
    {
      name: 'another certificate, which a Gateway of Istio names',
      unknown: ['Secret "shop-tls" in namespace default was not found, and may be made by hand'],
      yaml: documents(
        webIngress,
        shopTlsSecret.replace('shop-tls', 'web-shop-tls'),
        gateway('istio-system', 'istio: ingressgateway', 'web-shop-tls'),
        webDeployment,
        webService,
      ),
    },
    {
      name: 'a certificate in the namespace of the proxies of Istio',
      yaml: documents(shopPods, gateway('shop'), certificate('istio-system')),
    },
    {
      name: 'a certificate beside a Gateway, whose proxies are there as well',
      yaml: documents(shopPods, gateway('shop'), certificate('shop'), proxies('shop')),
    },
    {
      name: 'a certificate that is copied into all namespaces',
      yaml: documents(
        shopPods,
        gateway('shop'),
        certificate('shop', 'reflector.v1.k8s.emberstack.com/reflection-auto-enabled: "true"'),
      ),
    },
    {
      name: 'a certificate beside a Gateway of proxies that are not those of Istio',
      yaml: documents(shopPods, gateway('shop', 'gateway: shop'), certificate('shop')),
    },
    {
      name: 'a certificate beside a Gateway without anything else',
      yaml: documents(gateway('shop'), certificate('shop')),
    },
    {
      name: 'a certificate that says where it lies',
      yaml: documents(
        shopPods,
        gateway('shop', undefined, 'kubernetes-gateway://shop/shop-tls'),
        certificate('shop'),
      ),
    },
    {
      name: 'the Secret is there',
      yaml: documents(webDeployment, webService, shopTlsSecret, webIngress),
    },
    {
      name: 'a Certificate makes it',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: cert-manager.io/v1
          kind: Certificate
          metadata:
            name: shop
          spec:
            secretName: shop-tls
            dnsNames: [shop.example.com]
            issuerRef: { name: letsencrypt }
        `,
        webIngress,
      ),
    },
    {
      name: 'cert-manager makes it for the Ingress',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: web
            annotations: { cert-manager.io/cluster-issuer: letsencrypt }
          spec:
            tls:
              - hosts: [shop.example.com]
                secretName: shop-tls
            rules:
              - host: shop.example.com
                http:
                  paths:
                    - { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }
        `,
      ),
    },
    {
      name: 'made by hand',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: v1
          kind: Secret
          metadata:
            name: other
          type: kubernetes.io/tls
          data:
            tls.crt: YQ==
            tls.key: Yg==
        `,
        webIngress,
      ),
      unknown: ['Secret "shop-tls" in namespace default was not found, and may be made by hand'],
    },
    {
      name: 'another Certificate is used elsewhere',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: cert-manager.io/v1
          kind: Certificate
          metadata:
            name: shop
          spec:
            secretName: a
            dnsNames: [shop.example.com]
            issuerRef: { name: letsencrypt }
        `,
        webIngress,
        yaml`
          apiVersion: gateway.networking.k8s.io/v1
          kind: Gateway
          metadata:
            name: edge
          spec:
            gatewayClassName: edge
            listeners:
              - name: https
                port: 443
                protocol: HTTPS
                tls:
                  certificateRefs:
                    - name: a
        `,
      ),
      unknown: ['Secret "shop-tls" in namespace default was not found, and may be made by hand'],
    },
    {
      name: 'a sealed one',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: bitnami.com/v1alpha1
          kind: SealedSecret
          metadata:
            name: shop-tls
          spec:
            encryptedData: {}
        `,
        webIngress,
      ),
    },
    {
      name: 'a Secret for another use',
      yaml: documents(
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: web
            annotations:
              example.com/a: b
          spec:
            ingressClassName: nginx
            tls: [{ hosts: [shop.example.com], secretName: shop-cert }]
            rules:
              - host: shop.example.com
                http:
                  paths:
                    - path: /
                      pathType: Prefix
                      backend: { service: { name: web, port: { number: 80 } } }
          ---
          apiVersion: v1
          kind: Secret
          metadata:
            name: shop-tls
          type: Opaque
          stringData: { user: a, password: "(sealed)" }
        `,
        webDeployment,
        webService,
      ),
      unknown: ['Secret "shop-cert" in namespace default was not found, and may be made by hand'],
    },
  ],
  invalid: [
    {
      name: 'a word for the kind',
      yaml: documents(
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: web
          spec:
            tls:
              - hosts: [shop.example.com]
                secretName: shop-cert-secret
            rules:
              - host: shop.example.com
                http:
                  paths:
                    - path: /
                      pathType: Prefix
                      backend: { service: { name: web, port: { number: 8080 } } }
        `,
        shopCertSecret,
        deployment('web')`
          containers:
            - name: web
              image: shop/web:2
              ports: [{ containerPort: 8080 }]
        `,
        serviceFor('web')`
          ports:
            - port: 8080
        `,
      ),
      errors: [
        {
          id: 'otherName',
          line: 8,
          column: 19,
          endColumn: 35,
          message:
            'there is no Secret "shop-cert-secret" in namespace default; there is "shop-cert"',
          related: ['20:9 this Secret'],
        },
      ],
      output: [['shop-cert-secret', 'shop-cert']],
    },
    {
      name: 'a typo',
      yaml: documents(
        webDeployment,
        webService,
        shopTlsSecret,
        webIngress.replace('secretName: shop-tls', 'secretName: shpo-tls'),
      ),
      errors: [
        {
          id: 'nearName',
          line: 43,
          column: 19,
          endColumn: 27,
          message: 'there is no Secret "shpo-tls" in namespace default; did you mean "shop-tls"?',
          related: ['30:9 this Secret'],
        },
      ],
      output: documents(webDeployment, webService, shopTlsSecret, webIngress),
    },
    {
      name: 'of a Gateway',
      yaml: documents(
        webDeployment,
        webService,
        shopTlsSecret,
        yaml`
          apiVersion: gateway.networking.k8s.io/v1
          kind: Gateway
          metadata:
            name: edge
          spec:
            gatewayClassName: edge
            listeners:
              - name: https
                port: 443
                protocol: HTTPS
                tls:
                  certificateRefs:
                    - name: shop-tsl
        `,
      ),
      errors: [
        {
          id: 'nearName',
          line: 48,
          column: 19,
          endColumn: 27,
          message: 'there is no Secret "shop-tsl" in namespace default; did you mean "shop-tls"?',
          related: ['30:9 this Secret'],
        },
      ],
      output: [['shop-tsl', 'shop-tls']],
    },
    {
      name: 'the Certificate writes another one',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: cert-manager.io/v1
          kind: Certificate
          metadata:
            name: shop
          spec:
            secretName: shop-certificate
            dnsNames: [shop.example.com]
            issuerRef: { name: letsencrypt }
        `,
        webIngress,
      ),
      errors: [
        {
          id: 'certificate',
          line: 43,
          column: 19,
          endColumn: 27,
          severity: 'warning',
          message:
            'nothing makes Secret "shop-tls" in namespace default; Certificate default/shop writes its certificate into "shop-certificate"',
          related: ['32:15 where the certificate is written'],
        },
      ],
    },
    {
      name: 'in another namespace',
      yaml: documents(
        webDeployment,
        webService,
        shopTlsSecret,
        yaml`
            apiVersion: v1
            kind: Secret
            metadata:
              name: web-tls
              namespace: infra
            type: kubernetes.io/tls
            data:
              tls.crt: YQ==
              tls.key: Yg==
          `,
        webIngress.replace('secretName: shop-tls', 'secretName: web-tls'),
      ),
      errors: [
        {
          id: 'otherNamespace',
          line: 53,
          column: 19,
          endColumn: 26,
          severity: 'warning',
          message:
            'there is no Secret "web-tls" in namespace default; there is Secret infra/web-tls',
          related: ['40:14 this Secret'],
        },
      ],
    },
    {
      name: 'the name of the Certificate',
      yaml: documents(
        webDeployment,
        webService,
        dbSecret,
        webIngress.replace('secretName: shop-tls', 'secretName: shop-t1s'),
        shopTlsSecret,
      ),
      errors: [
        {
          id: 'nearName',
          line: 43,
          column: 19,
          endColumn: 27,
          message: 'there is no Secret "shop-t1s" in namespace default; did you mean "shop-tls"?',
          related: ['53:9 this Secret'],
        },
      ],
      output: documents(webDeployment, webService, dbSecret, webIngress, shopTlsSecret),
    },
    {
      name: 'a certificate that nobody names',
      yaml: documents(
        yaml`
          apiVersion: networking.k8s.io/v1
          kind: Ingress
          metadata:
            name: web
            annotations:
              example.com/a: b
          spec:
            ingressClassName: nginx
            tls: [{ hosts: [shop.example.com], secretName: shop-cert }]
            rules:
              - host: shop.example.com
                http:
                  paths:
                    - path: /
                      pathType: Prefix
                      backend: { service: { name: web, port: { number: 80 } } }
          ---
          apiVersion: v1
          kind: Secret
          metadata:
            name: shop-tls
          type: kubernetes.io/tls
          stringData: { tls.crt: "(sealed)", tls.key: "(sealed)" }
        `,
        webDeployment,
        webService,
      ),
      errors: [
        {
          id: 'unused',
          line: 9,
          column: 50,
          endColumn: 59,
          severity: 'warning',
          message:
            'there is no Secret "shop-cert" in namespace default; Secret default/shop-tls holds a certificate, and nobody names it',
          related: ['21:9 this Secret'],
        },
      ],
    },
    {
      name: 'a certificate that nobody names, whose name holds the one that is asked for',
      yaml: documents(
        webIngress,
        shopTlsSecret.replace('shop-tls', 'web-shop-tls'),
        webDeployment,
        webService,
      ),
      errors: [
        {
          id: 'unused',
          line: 8,
          column: 19,
          endColumn: 27,
          severity: 'warning',
          message:
            'there is no Secret "shop-tls" in namespace default; Secret default/web-shop-tls holds a certificate, and nobody names it',
          related: ['18:9 this Secret'],
        },
      ],
    },
    {
      name: 'a certificate beside a Gateway of Istio, whose proxies run elsewhere',
      yaml: documents(gateway('shop'), certificate('shop'), shopPods),
      errors: [
        {
          id: 'apart',
          line: 8,
          column: 44,
          endColumn: 52,
          severity: 'warning',
          message:
            'the proxies with istio=ingressgateway look for Secret "shop-tls" in their own namespace, istio-system; it is made in shop',
          help: 'make the Secret in namespace istio-system, where the proxies run',
        },
      ],
    },
    {
      name: 'the same where the proxies were read',
      yaml: documents(gateway('shop'), certificate('shop'), proxies('edge')),
      errors: [
        {
          id: 'apart',
          line: 8,
          column: 44,
          endColumn: 52,
          severity: 'warning',
          message:
            'the proxies with istio=ingressgateway look for Secret "shop-tls" in their own namespace, edge; it is made in shop',
        },
      ],
    },
    {
      name: 'a Secret elsewhere than the Gateway, which is beside the proxies of Istio',
      yaml: documents(
        gateway('istio-system'),
        shopTlsSecret.replace('name: shop-tls', 'name: shop-tls\n  namespace: shop'),
      ),
      errors: [
        {
          id: 'otherNamespace',
          line: 8,
          column: 44,
          endColumn: 52,
          severity: 'warning',
          message:
            'there is no Secret "shop-tls" in namespace istio-system; there is Secret shop/shop-tls',
          related: ['15:14 this Secret'],
        },
      ],
    },
    {
      name: 'a slip in the credentials of a Gateway of Istio',
      yaml: documents(
        gateway('edge', undefined, 'shop-tsl'),
        shopTlsSecret.replace('name: shop-tls', 'name: shop-tls\n  namespace: edge'),
        proxies('edge'),
      ),
      errors: [
        {
          id: 'nearName',
          line: 8,
          column: 44,
          endColumn: 52,
          message: 'there is no Secret "shop-tsl" in namespace edge; did you mean "shop-tls"?',
          related: ['14:9 this Secret'],
        },
      ],
      output: [['shop-tsl', 'shop-tls']],
    },
    {
      name: 'a Certificate in another namespace',
      yaml: documents(
        webIngress.replace('name: web', 'name: web\n  namespace: shop'),
        certificate('certs'),
        shopPods,
      ),
      errors: [
        {
          id: 'otherNamespace',
          line: 9,
          column: 19,
          endColumn: 27,
          severity: 'warning',
          message:
            'there is no Secret "shop-tls" in namespace shop; there is the one that Certificate certs/shop makes',
          related: ['18:19 this Certificate makes shop-tls'],
        },
      ],
    },
  ],
});
