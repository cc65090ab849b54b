// Runs in the page before anything else: the few modules that a sandboxed preload can require, and after it the
// built preload.
// `__fakeSay(text)` leads to the stand-in's main half. Without context isolation, which only the binary has.
(() => {
  if (window.top !== window || !location.hostname.endsWith('.localhost')) return;
  window.__fakeSend = (...words) => window.__fakeSay(JSON.stringify(words));
  const listeners = new Map();
  const far = new Map();
  const pack = (data) => (data instanceof Uint8Array ? { bytes: btoa(String.fromCharCode(...data)) } : { plain: data });
  const unpack = ({ bytes, plain }) =>
    bytes === undefined ? plain : Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
  window.__fakeElectron = {
    emit(channel, args, ids) {
      const ports = ids.map((id) => {
        const { port1, port2 } = new MessageChannel();
        far.set(id, port2);
        port2.onmessage = ({ data }) => window.__fakeSend('port', id, pack(data));
        return port1;
      });
      for (const listener of listeners.get(channel) ?? []) listener({ ports }, ...args);
    },
    port: (id, data) => far.get(id)?.postMessage(unpack(data)),
    close(id) {
      far.get(id)?.close();
      far.delete(id);
    },
  };
  const electron = {
    contextBridge: {
      exposeInMainWorld(name, api) {
        window[name] = api;
      },
    },
    ipcRenderer: {
      on(channel, listener) {
        listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      },
      send: (channel, ...args) => window.__fakeSend('ipc', channel, args),
    },
  };
  window.__fakeRequire = (name) => {
    if (name !== 'electron') throw new Error(`module not found: ${name}`);
    return electron;
  };
})();
