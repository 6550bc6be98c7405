# syntax=docker/dockerfile:1
# One image for every process; the command says which (docker-compose.yml). Without one it is the whole of Riparo.

FROM node:24-slim AS base
WORKDIR /app
ENV NPM_CONFIG_UPDATE_NOTIFIER=false NPM_CONFIG_FUND=false NPM_CONFIG_AUDIT=false

# Only what decides which packages are installed, so that a change of source does not install them all again.
FROM base AS manifests
COPY . /tree
WORKDIR /tree
RUN mkdir /manifests \
  && find . -name package.json -exec cp --parents {} /manifests \; \
  && cp package-lock.json .npmrc /manifests

FROM base AS build
COPY --from=manifests /manifests ./
RUN npm ci
COPY . .
# all-in-one imports every service, so its build is the build of all of them. Compiled files only go on from here.
RUN npx tsc -b all-in-one \
  && mkdir /compiled \
  && find . -path ./node_modules -prune -o -type d -path '*/dist/src' -exec cp -r --parents {} /compiled \;

FROM base AS production
COPY --from=manifests /manifests ./
RUN npm ci --omit=dev
COPY --from=build /compiled ./
RUN mkdir /data

FROM node:24-slim AS runtime
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 DATA_DIR=/data
WORKDIR /app
COPY --from=production /app ./
COPY --from=production --chown=node:node /data /data
USER node
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "all-in-one/dist/src/main.js"]
