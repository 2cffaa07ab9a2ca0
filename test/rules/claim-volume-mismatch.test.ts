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

testRule(claimVolumeMismatch, {
  valid: [
    {
      name: 'it fits',
      yaml: documents(
        filesPersistentVolume,
        yaml`
          apiVersion: v1
          kind: PersistentVolumeClaim
          metadata:
            name: files
          spec:
            volumeName: files
            storageClassName: manual
            accessModes: [ReadWriteOnce]
            resources: { requests: { storage: 10Gi } }
        `,
      ),
    },
    {
      name: 'less than there is',
      yaml: yaml`
        apiVersion: v1
        kind: PersistentVolume
        metadata:
          name: files
        spec:
          capacity: { storage: 20Gi }
          accessModes: [ReadWriteOnce, ReadWriteMany]
          storageClassName: manual
          nfs: { server: 10.1.2.3, path: /files }
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: files
        spec:
          volumeName: files
          storageClassName: manual
          accessModes: [ReadWriteOnce]
          resources: { requests: { storage: 10Gi } }
      `,
    },
    {
      name: 'another volume',
      yaml: yaml`
        apiVersion: v1
        kind: PersistentVolume
        metadata:
          name: photos
        spec:
          capacity: { storage: 10Gi }
          accessModes: [ReadWriteOnce]
          storageClassName: manual
          nfs: { server: 10.1.2.3, path: /files }
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: files
        spec:
          volumeName: files
          storageClassName: manual
          accessModes: [ReadWriteMany]
          resources: { requests: { storage: 10Gi } }
      `,
    },
    {
      name: 'a volume without a class',
      yaml: yaml`
        apiVersion: v1
        kind: PersistentVolume
        metadata:
          name: files
        spec:
          capacity: { storage: 10Gi }
          accessModes: [ReadWriteOnce]
          storageClassName: ""
          nfs: { server: 10.1.2.3, path: /files }
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: files
        spec:
          volumeName: files
          storageClassName: ""
          accessModes: [ReadWriteOnce]
          resources: { requests: { storage: 10Gi } }
      `,
    },
  ],
  invalid: [
    {
      name: 'modes',
      yaml: documents(
        filesPersistentVolume,
        yaml`
          apiVersion: v1
          kind: PersistentVolumeClaim
          metadata:
            name: files
          spec:
            volumeName: files
            storageClassName: manual
            accessModes: [ReadWriteMany]
            resources: { requests: { storage: 10Gi } }
        `,
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
        yaml`
          apiVersion: v1
          kind: PersistentVolumeClaim
          metadata:
            name: files
          spec:
            volumeName: files
            storageClassName: manual
            accessModes: [ReadWriteOnce]
            resources: { requests: { storage: 20Gi } }
        `,
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
        yaml`
          apiVersion: v1
          kind: PersistentVolumeClaim
          metadata:
            name: files
          spec:
            volumeName: files
            storageClassName: fast
            accessModes: [ReadWriteOnce]
            resources: { requests: { storage: 10Gi } }
        `,
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
