#!/usr/bin/env node
// Writes a repository of many small applications, all of them in order: a Deployment, a Service, an
// Ingress, a NetworkPolicy and a ConfigMap each.
//
//   npx tsx bench/synthetic.ts COUNT PER_NAMESPACE FOLDER
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The manifests of the n-th application, as people write them. */
export function application(n: number, namespace: string): string {
  const name = `app-${n}`;
  const labels = `app.kubernetes.io/name: ${name}
    app.kubernetes.io/part-of: shop`;
  const port = 8000 + (n % 1000);
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
  labels:
    ${labels}
spec:
  replicas: 2
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  template:
    metadata:
      labels:
        ${labels.replaceAll('\n    ', '\n        ')}
    spec:
      containers:
        - name: main
          image: registry.example.com/${name}:1.0.${n}
          env:
            - name: UPSTREAM
              value: http://${name}.${namespace}.svc:80
          envFrom:
            - configMapRef:
                name: ${name}
          ports:
            - name: http
              containerPort: ${port}
          readinessProbe:
            httpGet:
              path: /ready
              port: http
          resources:
            requests:
              cpu: 100m
              memory: 64Mi
---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ${namespace}
  labels:
    ${labels}
spec:
  selector:
    app.kubernetes.io/name: ${name}
  ports:
    - name: http
      port: 80
      targetPort: http
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  tls:
    - hosts: [${name}.example.com]
      secretName: ${name}-tls
  rules:
    - host: ${name}.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: ${name}
                port:
                  name: http
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  podSelector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  policyTypes: [Ingress]
  ingress:
    - ports:
        - port: http
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: ${namespace}
data:
  mode: production
  upstream: http://${name}:80
`;
}

/** One file for each application, a directory for each namespace. */
export function writeRepository(count: number, perNamespace: number, folder: string): void {
  for (let n = 0; n < count; n += 1) {
    const namespace = `team-${Math.floor(n / perNamespace)}`;
    const directory = join(folder, namespace);
    if (n % perNamespace === 0) mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, `app-${n}.yaml`), application(n, namespace));
  }
}

if (process.argv[1] === import.meta.filename) {
  const [count, perNamespace, folder] = process.argv.slice(2);
  if (folder === undefined) {
    console.error('usage: npx tsx bench/synthetic.ts COUNT PER_NAMESPACE FOLDER');
    process.exitCode = 2;
  } else writeRepository(Number(count), Number(perNamespace), folder);
}
