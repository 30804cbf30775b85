# One image for each of Cellar's processes: docker build --target web|jobs|data|host|worker|trainer .
# How they are configured and run together: docs/containers.md and compose.yaml.

FROM node:24.11.1-bookworm-slim AS build
# The compiler is for the binding of native TensorFlow, pip for its library.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates g++ python3 python3-pip \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV CELLAR_CACHE=/app/.cache
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev
COPY . .
# Headers are for the compiler alone.
RUN node bin/cellar prepare \
  && npm prune --omit=dev \
  && rm -rf .next/cache .cache/tensorflow-*/tensorflow/include

FROM node:24.11.1-bookworm-slim AS base
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates git tini \
  && rm -rf /var/lib/apt/lists/* \
  && install --directory --owner=node --group=node --mode=0700 /var/lib/cellar /var/lib/cellar/artifacts /var/lib/cellar/batches /var/lib/cellar/datasets
WORKDIR /app
ENV NODE_ENV=production \
  CELLAR_PREBUILT=1 \
  CELLAR_CACHE=/app/.cache \
  CELLAR_HOME=/var/lib/cellar
COPY --from=build /app /app
ENTRYPOINT ["tini", "--", "node", "bin/cellar"]

FROM base AS web
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["node", "bin/cellar", "health"]
CMD ["web"]

FROM base AS jobs
USER node
CMD ["jobs"]

FROM base AS data
USER node
CMD ["data"]

# Whoever runs people's code has to become another user for it, or to make namespaces: as root, which the code never is.
FROM base AS isolating
RUN apt-get update \
  && apt-get install --yes --no-install-recommends bubblewrap \
  && rm -rf /var/lib/apt/lists/*

FROM isolating AS host
CMD ["host"]

FROM isolating AS worker
CMD ["worker"]

FROM isolating AS trainer
CMD ["trainer"]
