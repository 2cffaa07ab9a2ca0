import { streamServiceMismatch } from '../../rules/reference/stream-service-mismatch.ts';
import { testRule } from '../support/rule-tester.ts';
import { deployment, serviceFor } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

const ingressDaemonSet = yaml`
  apiVersion: apps/v1
  kind: DaemonSet
  metadata:
    name: ingress
    namespace: edge
  spec:
    selector:
      matchLabels: { app: ingress }
    template:
      metadata:
        labels: { app: ingress }
      spec:
        containers:
          - name: controller
            image: registry.k8s.io/ingress-nginx/controller:v1.13.2
            args: ["--udp-services-configmap=$(POD_NAMESPACE)/streams"]
`;
const databaseStatefulSet = yaml`
  apiVersion: apps/v1
  kind: StatefulSet
  metadata:
    name: database
    namespace: shop
  spec:
    serviceName: database
    selector:
      matchLabels: { app: database }
    template:
      metadata:
        labels: { app: database }
      spec:
        containers: [{ name: db, image: "registry.acme.io/db:1" }]
`;
const dbStatefulSet = yaml`
  apiVersion: apps/v1
  kind: StatefulSet
  metadata:
    name: db
    namespace: shop
  spec:
    serviceName: db
    selector:
      matchLabels: { app: db }
    template:
      metadata:
        labels: { app: db }
      spec:
        containers: [{ name: db, image: "registry.acme.io/db:1", ports: [{ containerPort: 5433 }] }]
`;
const otherDeployment = deployment('other', { namespace: 'data' })`
  containers: [{ name: other, image: "registry.acme.io/other:1" }]
`;
const databaseService = serviceFor('database', { namespace: 'shop' })`ports: [{ port: 5432 }]`;
const brokerService = yaml`
  apiVersion: v1
  kind: Service
  metadata:
    name: broker
    namespace: shop
  spec:
    selector: { app: database }
    ports: [{ name: mqtt, port: 1883 }]
`;
const dbService = serviceFor('db', { namespace: 'shop' })`
  ports: [{ port: 5432, targetPort: 5433 }]
`;
const dnsService = yaml`
  apiVersion: v1
  kind: Service
  metadata:
    name: dns
    namespace: shop
  spec:
    selector: { app: db }
    ports: [{ port: 53, protocol: UDP }]
`;
const resolverService = yaml`
  apiVersion: v1
  kind: Service
  metadata:
    name: resolver
    namespace: edge
  spec:
    selector: { app: ingress }
    ports: [{ name: domain, port: 53, protocol: UDP }]
`;

testRule(streamServiceMismatch, {
  valid: [
    {
      name: 'a port of the Service, by number and by name, with the PROXY protocol',
      yaml: documents(
        yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: tcp-services
            namespace: ingress-nginx
          data:
            "5432": shop/db:5432
            "5433": shop/db:postgres:PROXY
            "5434": shop/db:5432::PROXY
        `,
        serviceFor('db', { namespace: 'shop' })`ports: [{ name: postgres, port: 5432 }]`,
        yaml`
          apiVersion: apps/v1
          kind: StatefulSet
          metadata:
            name: db
            namespace: shop
          spec:
            serviceName: db
            selector:
              matchLabels: { app: db }
            template:
              metadata:
                labels: { app: db }
              spec:
                containers: [{ name: db, image: "postgres:17", ports: [{ containerPort: 5432 }] }]
        `,
      ),
    },
    {
      name: 'another ConfigMap, a placeholder, and keys that are no ports',
      yaml: yaml`
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
        data:
          "5432": shop/nobody:1
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: udp-services
        data:
          "53": "\${NAMESPACE}/dns:53"
          note: none
      `,
    },
  ],
  invalid: [
    {
      name: 'a typo, another namespace, nothing of the kind, ports without that name',
      yaml: documents(
        yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: tcp-services
            namespace: ingress-nginx
          data:
            "1": shop/databse:5432
            "2": data/database:5432
            "3": shop/zookeeper:2181
            "4": shop/database:postgres
            "5": shop/broker:mqtts
        `,
        databaseService,
        brokerService,
        databaseStatefulSet,
        otherDeployment,
      ),
      errors: [
        {
          id: 'nearName',
          line: 7,
          column: 13,
          endColumn: 20,
          message: 'there is no Service "databse" in namespace shop; did you mean "database"?',
          related: ['16:9 this Service'],
        },
        {
          id: 'otherNamespace',
          line: 8,
          column: 13,
          endColumn: 21,
          severity: 'warning',
          message:
            'there is no Service "database" in namespace data; there is Service shop/database',
          related: ['17:14 this Service'],
        },
        {
          id: 'missing',
          line: 9,
          column: 13,
          endColumn: 22,
          severity: 'warning',
          message: 'there is no Service "zookeeper" in namespace shop in the 5 objects read',
        },
        {
          id: 'unnamed',
          line: 10,
          column: 22,
          endColumn: 30,
          message: 'the Service has no port named "postgres": 5432 (unnamed) has no name',
          related: ['20:13 this port of the Service'],
        },
        {
          id: 'nearPort',
          line: 11,
          column: 20,
          endColumn: 25,
          message: 'the Service has no port "mqtts"; did you mean 1883 ("mqtt")?',
          related: ['29:13 this port of the Service'],
        },
      ],
      output: [
        ['shop/databse:5432', 'shop/database:5432'],
        ['shop/broker:mqtts', 'shop/broker:mqtt'],
      ],
    },
    {
      name: 'a slip in the name, a port of the pods, another protocol, no namespace',
      yaml: documents(
        yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: tcp-services
            namespace: ingress-nginx
          data:
            "1": shop/dbs:5432
            "2": shop/db:5433
            "3": shop/dns:53
            "4": db:5432
        `,
        dbService,
        dnsService,
        dbStatefulSet,
      ),
      errors: [
        {
          id: 'otherName',
          line: 7,
          column: 13,
          endColumn: 16,
          severity: 'warning',
          message: 'there is no Service "dbs" in namespace shop; there is "db"',
          related: ['15:9 this Service'],
        },
        {
          id: 'targetPort',
          line: 8,
          column: 16,
          endColumn: 20,
          message: 'port 5433 is where the pods listen; the Service itself has 5432 (unnamed)',
          related: ['19:13 this port of the Service'],
        },
        {
          id: 'otherPort',
          line: 9,
          column: 17,
          endColumn: 19,
          message: 'the Service has no port 53/TCP; known ports: 53/UDP (unnamed)',
          related: ['28:3 the ports of the Service'],
        },
        {
          id: 'form',
          line: 10,
          column: 8,
          endColumn: 15,
          message: '"db:5432" is not of the form NAMESPACE/SERVICE:PORT',
        },
      ],
      output: [
        ['shop/dbs:5432', 'shop/db:5432'],
        ['shop/db:5433', 'shop/db:5432'],
      ],
    },
    {
      name: 'a ConfigMap that the controller is given',
      yaml: documents(
        ingressDaemonSet,
        yaml`
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: streams
            namespace: edge
          data:
            "53": edge/resolver:dns
        `,
        resolverService,
      ),
      errors: [
        {
          id: 'otherPort',
          line: 24,
          column: 23,
          endColumn: 26,
          message: 'the Service has no port "dns"; known ports: 53/UDP ("domain")',
          related: ['33:13 this port of the Service'],
        },
      ],
      output: [['edge/resolver:dns', 'edge/resolver:domain']],
    },
  ],
});
