// Keeps the page and its files on the phone, so that the app opens in a tunnel too. The API is never kept.
const SHELL = 'doorstep-driver-shell-1'

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.add('/driver/')))
  self.skipWaiting()
})

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (request.mode === 'navigate') event.respondWith(freshOrKept(request, '/driver/'))
  else if (pathname.startsWith('/driver/assets/')) event.respondWith(keptOrFresh(request))
  else if (pathname.startsWith('/driver/')) event.respondWith(freshOrKept(request, request))
})

async function freshOrKept(request, key) {
  const cache = await caches.open(SHELL)
  try {
    const answer = await fetch(request)
    if (answer.ok) await cache.put(key, answer.clone())
    return answer
  } catch (error) {
    const kept = await cache.match(key)
    if (kept) return kept
    throw error
  }
}

// Names under assets carry a hash: what is kept is what would come.
async function keptOrFresh(request) {
  const cache = await caches.open(SHELL)
  const kept = await cache.match(request)
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok) await cache.put(request, answer.clone())
  return answer
}
