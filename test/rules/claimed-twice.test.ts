import { claimedTwice } from '../../rules/routing/claimed-twice.ts';
import { testRule } from '../support/rule-tester.ts';
import { yaml } from '../support/yaml.ts';

testRule(claimedTwice, {
  valid: [
    {
      name: 'hosts, selectors and namespaces of their own',
      yaml: yaml`
        apiVersion: projectcontour.io/v1
        kind: HTTPProxy
        metadata:
          name: shop
        spec:
          virtualhost:
            fqdn: shop.example.com
        ---
        apiVersion: projectcontour.io/v1
        kind: HTTPProxy
        metadata:
          name: admin
        spec:
          virtualhost:
            fqdn: admin.example.com
        ---
        apiVersion: networking.istio.io/v1
        kind: Sidecar
        metadata:
          name: default
        spec:
          egress:
            - hosts: ["./*"]
        ---
        apiVersion: networking.istio.io/v1
        kind: Sidecar
        metadata:
          name: web
        spec:
          workloadSelector:
            labels: { app: web }
          egress:
            - hosts: ["./*"]
      `,
    },
    {
      name: 'gateways put routes together',
      yaml: yaml`
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata:
          name: shop
        spec:
          hosts: [shop.example.com]
          gateways: [edge]
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata:
          name: cart
        spec:
          hosts: [shop.example.com]
          gateways: [edge]
      `,
    },
    {
      name: 'a host that is filled in later',
      yaml: yaml`
        apiVersion: projectcontour.io/v1
        kind: HTTPProxy
        metadata:
          name: shop
        spec:
          virtualhost:
            fqdn: \${HOST}
        ---
        apiVersion: projectcontour.io/v1
        kind: HTTPProxy
        metadata:
          name: admin
        spec:
          virtualhost:
            fqdn: \${HOST}
      `,
    },
    {
      name: 'variants in two directories',
      files: {
        'base.yaml': yaml`
        apiVersion: k8s.nginx.org/v1
        kind: VirtualServer
        metadata:
          name: shop
        spec:
          host: shop.example.com
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop
      `,
        'other/tls.yaml': yaml`
        apiVersion: k8s.nginx.org/v1
        kind: VirtualServer
        metadata:
          name: shop-tls
        spec:
          host: shop.example.com
      `,
      },
    },
  ],
  invalid: [
    {
      name: 'the default of one snapshot driver',
      yaml: yaml`
        apiVersion: snapshot.storage.k8s.io/v1
        kind: VolumeSnapshotClass
        metadata:
          name: daily
          annotations: { snapshot.storage.kubernetes.io/is-default-class: "true" }
        driver: ebs.csi.aws.com
        ---
        apiVersion: snapshot.storage.k8s.io/v1
        kind: VolumeSnapshotClass
        metadata:
          name: weekly
          annotations: { snapshot.storage.kubernetes.io/is-default-class: "true" }
        driver: ebs.csi.aws.com
        ---
        apiVersion: snapshot.storage.k8s.io/v1
        kind: VolumeSnapshotClass
        metadata:
          name: shared
          annotations: { snapshot.storage.kubernetes.io/is-default-class: "true" }
        driver: efs.csi.aws.com
      `,
      errors: [
        {
          id: 'twice',
          line: 12,
          column: 67,
          endColumn: 73,
          message: 'VolumeSnapshotClass daily claims default VolumeSnapshotClass as well',
          related: ['5:67 the same here'],
        },
      ],
    },
    {
      name: 'one host of two HTTPProxies',
      yaml: yaml`
        apiVersion: projectcontour.io/v1
        kind: HTTPProxy
        metadata:
          name: shop
          namespace: shop
        spec:
          virtualhost:
            fqdn: shop.example.com
        ---
        apiVersion: projectcontour.io/v1
        kind: HTTPProxy
        metadata:
          name: admin
          namespace: admin
        spec:
          virtualhost:
            fqdn: shop.example.com
      `,
      errors: [
        {
          id: 'twice',
          line: 17,
          column: 11,
          endColumn: 27,
          message: 'HTTPProxy shop/shop claims host shop.example.com as well',
          related: ['8:11 the same here'],
        },
      ],
    },
    {
      name: 'all pods of a namespace, and the same pods',
      yaml: yaml`
        apiVersion: security.istio.io/v1
        kind: PeerAuthentication
        metadata:
          name: strict
          namespace: shop
        spec:
          mtls:
            mode: STRICT
        ---
        apiVersion: security.istio.io/v1
        kind: PeerAuthentication
        metadata:
          name: legacy
          namespace: shop
        spec:
          selector: {}
          mtls:
            mode: PERMISSIVE
        ---
        apiVersion: networking.istio.io/v1
        kind: Sidecar
        metadata:
          name: web
          namespace: shop
        spec:
          workloadSelector:
            labels: { app: web, tier: front }
        ---
        apiVersion: networking.istio.io/v1
        kind: Sidecar
        metadata:
          name: web-2
          namespace: shop
        spec:
          workloadSelector:
            labels: { tier: front, app: web }
      `,
      errors: [
        {
          id: 'twice',
          line: 15,
          column: 1,
          endColumn: 5,
          message: 'PeerAuthentication shop/strict claims all pods of namespace shop as well',
          related: ['6:1 the same here'],
        },
        {
          id: 'twice',
          line: 35,
          column: 3,
          endColumn: 19,
          message: 'Sidecar shop/web claims the pods that it selects as well',
          related: ['26:3 the same here'],
        },
      ],
    },
    {
      name: 'a host of the mesh, bare and in full',
      yaml: yaml`
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata:
          name: retries
          namespace: shop
        spec:
          hosts: [web]
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata:
          name: split
          namespace: shop
        spec:
          hosts: [web.shop.svc.cluster.local]
          gateways: [mesh, edge]
      `,
      errors: [
        {
          id: 'twice',
          line: 15,
          column: 11,
          endColumn: 37,
          message: 'VirtualService shop/retries claims host web.shop.svc.cluster.local as well',
          related: ['7:11 the same here'],
        },
      ],
    },
    {
      name: 'equal rules of routes',
      yaml: yaml`
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
          namespace: shop
        spec:
          parentRefs:
            - name: edge
          hostnames: [shop.example.com]
          rules:
            - matches:
                - path: { type: PathPrefix, value: /cart }
              backendRefs:
                - name: cart
                  port: 80
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: cart
          namespace: shop
        spec:
          parentRefs:
            - name: edge
          hostnames: [shop.example.com]
          rules:
            - matches:
                - path: { value: /cart, type: PathPrefix }
              backendRefs:
                - name: cart-v2
                  port: 80
      `,
      errors: [
        {
          id: 'twice',
          line: 28,
          column: 11,
          endColumn: 15,
          message: 'HTTPRoute shop/shop claims requests for /cart as well',
          related: ['12:11 the same here'],
        },
      ],
    },
    {
      name: 'pools that overlap',
      yaml: yaml`
        apiVersion: metallb.io/v1beta1
        kind: IPAddressPool
        metadata:
          name: office
          namespace: metallb-system
        spec:
          addresses: [192.0.2.0/26, 2001:db8::/120]
        ---
        apiVersion: metallb.io/v1beta1
        kind: IPAddressPool
        metadata:
          name: lab
          namespace: metallb-system
        spec:
          addresses: [192.0.2.60-192.0.2.70, 192.0.2.80/28, "2001:db8::ff-2001:db8::1ff"]
      `,
      errors: [
        {
          id: 'twice',
          line: 15,
          column: 15,
          endColumn: 36,
          message:
            'IPAddressPool metallb-system/office claims addresses of 192.0.2.60-192.0.2.70 as well',
          related: ['7:15 overlaps it'],
        },
        {
          id: 'twice',
          line: 15,
          column: 53,
          endColumn: 81,
          message:
            'IPAddressPool metallb-system/office claims addresses of 2001:db8::ff-2001:db8::1ff as well',
          related: ['7:29 overlaps it'],
        },
      ],
    },
    {
      name: 'one address of two Services',
      yaml: ['a', 'b']
        .map(
          (name) =>
            `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { clusterIP: 10.96.0.20, ports: [{ port: 80 }] }\n`,
        )
        .join('---\n'),
      errors: [
        {
          id: 'twice',
          line: 9,
          column: 20,
          endColumn: 30,
          severity: 'warning',
          message: 'Service default/a claims cluster IP 10.96.0.20 as well',
        },
      ],
    },
  ],
});
