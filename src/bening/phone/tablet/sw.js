// Keeps the tablet's page whole for days without a signal. It knows these files and no others; `freeze_round` fills
// them in, each with the hash it must have.

const CACHE = "tablet-{bundle}";
const FILES = {files};

const fetched = ([url, integrity]) => new Request(url, { cache: "no-cache", credentials: "omit", ...(integrity && { integrity }) });

addEventListener("install", (event) => {
  const keep = async () => (await caches.open(CACHE)).addAll(FILES.map(fetched));
  event.waitUntil(keep().then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  const others = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  };
  event.waitUntil(others().then(() => clients.claim()));
});

addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== location.origin) return;
  if (!FILES.some(([url]) => url === pathname)) return;
  const kept = async () => (await (await caches.open(CACHE)).match(pathname)) ?? fetch(event.request);
  event.respondWith(kept());
});
