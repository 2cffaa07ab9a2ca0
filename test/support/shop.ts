/** Manifests that the tables of many rules need beside what each case is about. */
import { yaml } from '../../src/testing/yaml.ts';

export const webDeployment = yaml`
  apiVersion: apps/v1
  kind: Deployment
  metadata:
    name: web
  spec:
    selector:
      matchLabels: { app: web }
    template:
      metadata:
        labels: { app: web }
      spec:
        containers:
          - name: web
            image: shop/web:1.4
            ports: [{ name: http, containerPort: 8080 }]
`;

export const webService = yaml`
  apiVersion: v1
  kind: Service
  metadata:
    name: web
  spec:
    selector: { app: web }
    ports:
      - port: 80
        targetPort: http
`;

export const apiDeployment = yaml`
  apiVersion: apps/v1
  kind: Deployment
  metadata:
    name: api
  spec:
    selector:
      matchLabels: { app: api }
    template:
      metadata:
        labels: { app: api }
      spec:
        containers:
          - name: api
            image: shop/api:1.4
            ports: [{ name: http, containerPort: 8080 }]
`;

export const apiService = yaml`
  apiVersion: v1
  kind: Service
  metadata:
    name: api
  spec:
    selector: { app: api }
    ports:
      - port: 80
        targetPort: http
`;
