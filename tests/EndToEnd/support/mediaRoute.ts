import { createSocket, type Socket } from 'node:dgram';

/** A way to a media server that a test can cut: datagrams go in at one address of this machine, and on to another. */
export class MediaRoute {
  readonly #door = createSocket('udp4');
  /** For each sender a socket of its own, as a router that translates addresses keeps one. */
  readonly #ways = new Map<string, Socket>();
  #isCut = false;

  private constructor(private readonly to: string, private readonly port: number) {}

  static async open(from: string, to: string, port: number): Promise<MediaRoute> {
    const route = new MediaRoute(to, port);
    route.#door.on('message', (datagram, sender) => route.#pass(datagram, sender.address, sender.port));
    await new Promise<void>(bound => route.#door.bind(port, from, bound));
    return route;
  }

  cut(): void {
    this.#isCut = true;
  }

  mend(): void {
    this.#isCut = false;
  }

  close(): void {
    for (const socket of [this.#door, ...this.#ways.values()]) socket.close();
  }

  #pass(datagram: Buffer, address: string, port: number): void {
    if (!this.#isCut) this.#way(address, port).send(datagram, this.port, this.to);
  }

  #way(address: string, port: number): Socket {
    const name = `${address}:${port}`;
    const known = this.#ways.get(name);
    if (known !== undefined) return known;

    const way = createSocket('udp4');
    way.on('message', datagram => {
      if (!this.#isCut) this.#door.send(datagram, port, address);
    });
    this.#ways.set(name, way);
    return way;
  }
}
