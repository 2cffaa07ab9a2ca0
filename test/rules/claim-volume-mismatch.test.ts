import { claimVolumeMismatch } from '../../rules/reference/claim-volume-mismatch.ts';
import { testRule } from '../support/rule-tester.ts';
import { documents, yaml } from '../support/yaml.ts';

const filesPersistentVolume = yaml`
  apiVersion: v1
  kind: PersistentVolume
  metadata:
    name: files
  spec:
    capacity: { storage: 10Gi }
    accessModes: [ReadWriteOnce]
    storageClassName: manual
    nfs: { server: 10.1.2.3, path: /files }
`;

const filesPersistentVolumeClaim = yaml`
  apiVersion: v1
  kind: PersistentVolumeClaim
  metadata:
    name: files
  spec:
    volumeName: files
    storageClassName: manual
    accessModes: [ReadWriteOnce]
    resources: { requests: { storage: 10Gi } }
`;

testRule(claimVolumeMismatch, {
  valid: [
    {
      name: 'it fits',
      yaml: documents(filesPersistentVolume, filesPersistentVolumeClaim),
    },
    {
      name: 'less than there is',
      yaml: documents(
        yaml`
          apiVersion: v1
          kind: PersistentVolume
          metadata:
            name: files
          spec:
            capacity: { storage: 20Gi }
            accessModes: [ReadWriteOnce, ReadWriteMany]
            storageClassName: manual
            nfs: { server: 10.1.2.3, path: /files }
        `,
        filesPersistentVolumeClaim,
      ),
    },
    {
      name: 'another volume',
      yaml: documents(
        filesPersistentVolume.replace('name: files', 'name: photos'),
        filesPersistentVolumeClaim.replace(
          'accessModes: [ReadWriteOnce]',
          'accessModes: [ReadWriteMany]',
        ),
      ),
    },
    {
      name: 'a volume without a class',
      yaml: documents(
        filesPersistentVolume.replace('storageClassName: manual', 'storageClassName: ""'),
        filesPersistentVolumeClaim.replace('storageClassName: manual', 'storageClassName: ""'),
      ),
    },
    {
      name: 'no class, where the default one is that of the volume',
      yaml: documents(
        filesPersistentVolume,
        filesPersistentVolumeClaim.replace('storageClassName: manual', 'volumeMode: Filesystem'),
        yaml`
          apiVersion: storage.k8s.io/v1
          kind: StorageClass
          metadata:
            name: manual
            annotations: { storageclass.kubernetes.io/is-default-class: "true" }
          provisioner: example.com/files
        `,
      ),
    },
    {
      name: 'a volume that names the claim: they are bound whatever they ask for',
      yaml: documents(
        filesPersistentVolume.replace(
          'nfs:',
          'claimRef: { name: files, namespace: default }\n  nfs:',
        ),
        filesPersistentVolumeClaim.replace('storageClassName: manual', 'storageClassName: fast'),
      ),
    },
  ],
  invalid: [
    {
      name: 'no class, and a volume that has one',
      yaml: documents(
        filesPersistentVolume,
        filesPersistentVolumeClaim.replace('storageClassName: manual', 'volumeMode: Filesystem'),
      ),
      errors: [
        {
          id: 'unset',
          severity: 'info',
          line: 15,
          column: 1,
          endColumn: 5,
          message:
            'it names no class and so gets the default one of the cluster, and the volume is of manual',
          related: ['8:21 what it has'],
        },
      ],
    },
    {
      name: 'a class that is nearly that of a volume',
      yaml: yaml`
        apiVersion: v1
        kind: PersistentVolume
        metadata:
          name: data
        spec:
          storageClassName: manual
          capacity: { storage: 1Gi }
          accessModes: [ReadWriteOnce]
          hostPath: { path: /srv }
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: data
        spec:
          storageClassName: manaul
          accessModes: [ReadWriteOnce]
          resources: { requests: { storage: 1Gi } }
      `,
      errors: [
        {
          id: 'slip',
          line: 16,
          column: 21,
          endColumn: 27,
          message: 'nothing that was read is of the class "manaul"; did you mean "manual"?',
        },
      ],
    },
    {
      name: 'modes',
      yaml: documents(
        filesPersistentVolume,
        filesPersistentVolumeClaim.replace(
          'accessModes: [ReadWriteOnce]',
          'accessModes: [ReadWriteMany]',
        ),
      ),
      errors: [
        {
          id: 'modes',
          line: 18,
          column: 3,
          endColumn: 14,
          message: 'it asks for ReadWriteMany, and the volume has ReadWriteOnce',
          related: ['7:3 what it has'],
        },
      ],
    },
    {
      name: 'size',
      yaml: documents(
        filesPersistentVolume,
        filesPersistentVolumeClaim.replace(
          'resources: { requests: { storage: 10Gi } }',
          'resources: { requests: { storage: 20Gi } }',
        ),
      ),
      errors: [
        {
          id: 'size',
          line: 19,
          column: 37,
          endColumn: 41,
          message: 'it asks for 20Gi, and the volume has 10Gi',
          related: ['6:24 what it has'],
        },
      ],
    },
    {
      name: 'class',
      yaml: documents(
        filesPersistentVolume,
        filesPersistentVolumeClaim.replace('storageClassName: manual', 'storageClassName: fast'),
      ),
      errors: [
        {
          id: 'class',
          line: 17,
          column: 21,
          endColumn: 25,
          message: 'it asks for the class fast, and the volume is of manual',
          related: ['8:21 what it has'],
        },
      ],
    },
  ],
});
