// For `mqtt`: there is a window, and there are sockets all the same.
export const isWebWorker = false;
export const isReactNativeBrowser = false;
export default false;
