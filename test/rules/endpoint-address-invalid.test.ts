import { endpointAddressInvalid } from '../../rules/name/endpoint-address-invalid.ts';
import { testRule } from '../support/rule-tester.ts';
import { workload } from '../support/yaml.ts';

const db = (more = ''): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: db }\nspec: { ${more}ports: [{ port: 5432 }] }\n`;
const virtual =
  '---\napiVersion: v1\nkind: Service\nmetadata: { name: other }\nspec: { clusterIP: 10.96.3.7, selector: { app: other }, ports: [{ port: 5432 }] }\n' +
  workload('other');
/** The address stands on line 9. */
const endpoints = (ip: string): string =>
  `---\napiVersion: v1\nkind: Endpoints\nmetadata: { name: db }\nsubsets: [{ addresses: [{ ip: "${ip}" }], ports: [{ port: 5432 }] }]\n`;
const slice = (addresses: string, type = 'IPv4'): string =>
  `---\napiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: { name: db-1, labels: { kubernetes.io/service-name: db } }\naddressType: ${type}\nports: [{ port: 5432 }]\nendpoints: [{ addresses: [${addresses}] }]\n`;

testRule(endpointAddressInvalid, {
  valid: [
    { name: 'an address of a host', yaml: db() + endpoints('192.0.2.7') + slice('198.51.100.2') },
    { name: 'what the API server refuses itself', yaml: db() + endpoints('127.0.0.1'), refused: 1 },
    {
      name: 'a cluster IP behind a headless Service, which is not proxied',
      yaml: db('clusterIP: None, ') + virtual + slice('10.96.3.7'),
    },
    {
      name: 'a host name behind a headless Service',
      yaml: db('clusterIP: None, ') + slice('db.example.com', 'FQDN'),
    },
    {
      name: 'a second address behind a headless Service',
      yaml: db('clusterIP: None, ') + slice('192.0.2.7, 192.0.2.8'),
    },
    {
      name: 'another family, where nobody says which ones there are',
      yaml: db() + slice('"2001:db8::7"', 'IPv6'),
    },
    {
      name: 'both families',
      yaml:
        db('ipFamilies: [IPv4, IPv6], ipFamilyPolicy: RequireDualStack, ') +
        slice('"2001:db8::7"', 'IPv6'),
      options: { ipFamilies: ['IPv4', 'IPv6'] },
    },
    {
      name: 'Endpoints that a controller overwrites',
      yaml: db('selector: { app: db }, ') + endpoints('239.1.1.1') + workload('db'),
    },
    { name: 'an address that is filled in later', yaml: db() + endpoints('${DB_IP}') },
  ],
  invalid: [
    {
      name: 'the cluster IP of another Service',
      yaml: db() + virtual + endpoints('10.96.3.7'),
      errors: [
        {
          id: 'clusterIP',
          line: 19,
          column: 31,
          endColumn: 42,
          title: 'Endpoints default/db have an address that nothing can reach',
          message: '10.96.3.7 is the cluster IP of Service default/other',
          help: 'write the addresses behind it, or a Service with type: ExternalName that names it',
          related: ['9:20 given here'],
        },
      ],
    },
    {
      name: 'its own cluster IP',
      yaml: db('clusterIP: 10.96.3.9, ') + slice('10.96.3.9'),
      errors: [{ id: 'clusterIP', line: 11, column: 27, endColumn: 36 }],
    },
    {
      name: 'multicast',
      yaml: db() + endpoints('239.1.2.3'),
      errors: [
        {
          id: 'group',
          line: 9,
          column: 31,
          endColumn: 42,
          title: 'Endpoints default/db have an address that nothing can reach',
          message: '239.1.2.3 is a multicast address: no connection can be made to it',
          help: 'write the address of the host that listens',
        },
      ],
    },
    {
      name: 'multicast of IPv6',
      yaml: db() + slice('"ff05::2"', 'IPv6'),
      errors: [{ id: 'group', line: 11, column: 27, endColumn: 36 }],
    },
    {
      name: 'broadcast',
      yaml: db() + endpoints('255.255.255.255'),
      errors: [{ id: 'group', line: 9, column: 31, endColumn: 48 }],
    },
    {
      name: 'this network, behind a headless Service too',
      yaml: db('clusterIP: None, ') + slice('0.0.0.1'),
      errors: [{ id: 'group', line: 11, column: 27, endColumn: 34 }],
    },
    {
      name: 'a family that the Service lacks',
      yaml: db('ipFamilies: [IPv4], ') + slice('"2001:db8::7"', 'IPv6'),
      errors: [
        {
          id: 'family',
          line: 11,
          column: 27,
          endColumn: 40,
          message: '2001:db8::7 is an IPv6 address, but the Service is IPv4 only',
          help: 'write an IPv4 address, or add IPv6 to ipFamilies with ipFamilyPolicy: PreferDualStack',
          related: ['4:9 the families of the Service'],
        },
      ],
    },
    {
      name: 'a host name',
      yaml: db() + slice('db.example.com', 'FQDN'),
      errors: [
        {
          id: 'fqdn',
          line: 11,
          column: 27,
          endColumn: 41,
          severity: 'warning',
          message:
            '"db.example.com" is a host name, and proxies pass slices with addressType FQDN over',
          help: 'write a Service with type: ExternalName and externalName: db.example.com, or the addresses themselves',
        },
      ],
    },
    {
      name: 'a second and a third address',
      yaml: db() + slice('192.0.2.7, 192.0.2.8, 192.0.2.9'),
      errors: [
        {
          id: 'further',
          line: 11,
          column: 38,
          endColumn: 47,
          severity: 'warning',
          message:
            'kube-proxy uses the first address of an endpoint only, 192.0.2.7, never 192.0.2.8',
          help: 'make an endpoint of its own for each address',
        },
      ],
    },
  ],
});
