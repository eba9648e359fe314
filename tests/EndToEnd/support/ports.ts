import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

// Under the range from which the kernel takes the ports of outgoing connections: a port found there and given back could be such a one a
// moment later. Each worker has its own thousand, so that two stories never find the same.
const first = 20_000 + 1_000 * Number(process.env['VITEST_POOL_ID'] ?? 0);
let next = first;

/** A port on which nobody listens, neither over TCP nor over UDP, and which is given out once. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = next++;
    if (port >= first + 1_000) throw new Error(`no free port from ${first} on`);
    if ((await isFreeForTcp(port)) && (await isFreeForUdp(port))) return port;
  }
}

async function isFreeForTcp(port: number): Promise<boolean> {
  return await new Promise(answer => {
    const server = createServer();
    server.once('error', () => answer(false));
    server.listen(port, '127.0.0.1', () => server.close(() => answer(true)));
  });
}

async function isFreeForUdp(port: number): Promise<boolean> {
  return await new Promise(answer => {
    const socket = createSocket('udp4');
    socket.once('error', () => answer(false));
    socket.bind(port, '127.0.0.1', () => socket.close(() => answer(true)));
  });
}
