// Signing out: deletes everything that this site keeps in this browser, and says on the page how that went.
// Loaded by /signed-out alone (app/src/screens/signed_out.rs), where the elements named below stand. What there is to
// delete: the offline bundle in IndexedDB (frontend/src/store.rs), Cache storage, localStorage, sessionStorage.
'use strict';

(() => {
  // The name in frontend/src/store.rs, for browsers that do not list their databases.
  const KNOWN_DATABASE = 'routing-ml';
  // After so long the page says that it did not work, instead of saying nothing.
  const LIMIT_MS = 10000;

  const settled = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  const emptied = (database) =>
    new Promise((resolve, reject) => {
      const names = [...database.objectStoreNames];
      if (names.length === 0) return resolve();
      const transaction = database.transaction(names, 'readwrite');
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
      names.forEach((name) => transaction.objectStore(name).clear());
    });

  // Emptied first: while another tab has the database open, deleting it waits for that tab, but nothing is in it.
  const deleteDatabase = async (name) => {
    const database = await settled(indexedDB.open(name));
    try {
      await emptied(database);
    } finally {
      database.close();
    }
    const request = indexedDB.deleteDatabase(name);
    const blocked = new Promise((resolve) => (request.onblocked = resolve));
    await Promise.race([settled(request), blocked]);
  };

  const deleteDatabases = async () => {
    if (!window.indexedDB) return;
    const listed = indexedDB.databases ? (await indexedDB.databases()).map(({ name }) => name) : [KNOWN_DATABASE];
    await Promise.all(listed.map(deleteDatabase));
  };

  const deleteCaches = async () => {
    if (!window.caches) return;
    await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  };

  const deleteStorage = async () => {
    localStorage.clear();
    sessionStorage.clear();
  };

  const tellOtherTabs = async () => {
    if (!window.BroadcastChannel) return;
    const channel = new BroadcastChannel('routing-ml');
    channel.postMessage('signed-out');
    channel.close();
  };

  const show = (id) => {
    for (const each of ['clear-waiting', 'clear-done', 'clear-failed']) {
      document.getElementById(each).hidden = each !== id;
    }
  };

  const limit = new Promise((_, reject) => setTimeout(() => reject(new Error('it took too long')), LIMIT_MS));
  // Each is tried, whatever becomes of the others.
  const all = Promise.allSettled([tellOtherTabs(), deleteDatabases(), deleteCaches(), deleteStorage()]);
  Promise.race([all, limit])
    .then((results) => show(results.every(({ status }) => status === 'fulfilled') ? 'clear-done' : 'clear-failed'))
    .catch(() => show('clear-failed'));
})();
