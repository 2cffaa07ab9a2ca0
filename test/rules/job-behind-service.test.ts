import { jobBehindService } from '../../rules/selector/job-behind-service.ts';
import { testRule } from '../support/rule-tester.ts';
import { webDeployment, webService } from '../support/shop.ts';
import { documents, yaml } from '../support/yaml.ts';

/** A port by number leads to whatever pod has the labels. */
const numberedService = webService.replace('targetPort: http', 'targetPort: 8080');

const migrateJob = yaml`
  apiVersion: batch/v1
  kind: Job
  metadata:
    name: migrate
  spec:
    template:
      metadata:
        labels: { app: web }
      spec:
        restartPolicy: Never
        containers:
          - name: migrate
            image: shop/web:1.4
            command: [migrate]
`;

testRule(jobBehindService, {
  valid: [
    {
      name: 'a port by name, which the task does not have',
      yaml: documents(webDeployment, webService, migrateJob),
    },
    {
      name: 'labels of its own',
      yaml: documents(
        webDeployment,
        webService,
        migrateJob.replace('labels: { app: web }', 'labels: { app: migrate }'),
      ),
    },
    {
      name: 'it serves',
      yaml: documents(
        webDeployment,
        webService,
        yaml`
          apiVersion: batch/v1
          kind: Job
          metadata:
            name: migrate
          spec:
            template:
              metadata:
                labels: { app: web }
              spec:
                restartPolicy: Never
                containers:
                  - name: migrate
                    image: shop/web:1.4
                    command: [migrate]
                    ports: [{ containerPort: 8080 }]
        `,
      ),
    },
    {
      name: 'a Job alone',
      yaml: documents(migrateJob, webService),
    },
  ],
  invalid: [
    {
      name: 'a Job',
      yaml: documents(webDeployment, numberedService, migrateJob),
      errors: [
        {
          id: 'job',
          line: 22,
          column: 3,
          endColumn: 11,
          message:
            'the pods of Job default/migrate have the labels that it selects, as those of Deployment default/web have',
          related: ['34:7 the labels of the task'],
        },
      ],
    },
    {
      name: 'a CronJob',
      yaml: documents(
        webDeployment,
        numberedService,
        yaml`
          apiVersion: batch/v1
          kind: CronJob
          metadata:
            name: report
          spec:
            schedule: 0 3 * * *
            jobTemplate:
              spec:
                template:
                  metadata:
                    labels: { app: web }
                  spec:
                    restartPolicy: Never
                    containers:
                      - name: report
                        image: shop/web:1.4
                        command: [report]
        `,
      ),
      errors: [
        {
          id: 'job',
          line: 22,
          column: 3,
          endColumn: 11,
          message:
            'the pods of CronJob default/report have the labels that it selects, as those of Deployment default/web have',
          related: ['37:11 the labels of the task'],
        },
      ],
    },
    {
      name: 'a hook',
      yaml: documents(
        webDeployment,
        numberedService,
        yaml`
          apiVersion: batch/v1
          kind: Job
          metadata:
            name: migrate
            annotations: { helm.sh/hook: pre-upgrade }
          spec:
            template:
              metadata:
                labels: { app: web }
              spec:
                restartPolicy: Never
                containers:
                  - name: migrate
                    image: shop/web:1.4
                    command: [migrate]
        `,
      ),
      errors: [
        {
          id: 'job',
          line: 22,
          column: 3,
          endColumn: 11,
          message:
            'the pods of Job default/migrate have the labels that it selects, as those of Deployment default/web have',
          related: ['35:7 the labels of the task'],
        },
      ],
    },
  ],
});
