FROM node:24-alpine

LABEL org.opencontainers.image.title="kubeplumb" \
      org.opencontainers.image.description="kubectl get endpoints, before you have a cluster" \
      org.opencontainers.image.source="https://github.com/kubeplumb/kubeplumb" \
      org.opencontainers.image.documentation="https://github.com/kubeplumb/kubeplumb/blob/main/docs/ci.md" \
      org.opencontainers.image.licenses="Apache-2.0"

COPY package.json LICENSE /opt/kubeplumb/
COPY dist/kubeplumb.js dist/package.json /opt/kubeplumb/dist/
COPY dist/parts /opt/kubeplumb/dist/parts/
COPY docs/rules /opt/kubeplumb/docs/rules/

# A number, not a name: kubelet can tell that it is not root (runAsNonRoot).
USER 1000
WORKDIR /workdir
ENTRYPOINT ["node", "/opt/kubeplumb/dist/kubeplumb.js"]
CMD ["lint"]
