/** A container that serves a bundle, on the image that Cellar's own Dockerfile makes for its workers. */
export const bundleDockerfile = (
  bundle: string,
) => `# Serves ${bundle}. The base is Cellar's worker, made once in its checkout:
#   docker build --target worker --tag cellar-worker .
# Then, beside this file and ${bundle}:
#   docker build --tag ${bundle.replace(/-\d+\.\d+\.\d+\.tgz$/, '')} .
#   docker run --publish 8080:8080 ${bundle.replace(/-\d+\.\d+\.\d+\.tgz$/, '')}
ARG CELLAR_IMAGE=cellar-worker
FROM \${CELLAR_IMAGE}
COPY ${bundle} /srv/${bundle}
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \\
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["serve", "/srv/${bundle}", "--host", "0.0.0.0", "--port", "8080"]
`
