export { answerMetrics, answerPages } from './answers.js';
export { TlsFiles } from './tls-files.js';
export { WaitingSockets } from './waiting-sockets.js';
export { webServer, type WebServerOptions } from './web-server.js';
