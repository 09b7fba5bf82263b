import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";

export const binary = new URL("../../bin/guardmdm", import.meta.url).pathname;
const patience = 60_000;

/** A running process of the built program. */
export class Program {
  readonly #child: ChildProcess;
  /** What it wrote, for the report of a failure. */
  readonly output: string[] = [];

  private constructor(command: string, args: readonly string[], env: Record<string, string>, cwd?: string) {
    this.#child = spawn(command, args, { env: { ...process.env, ...env }, cwd, stdio: ["pipe", "pipe", "pipe"] });
  }

  /** Starts the program, and waits until each of the patterns was seen in its output; gives their first groups. */
  static async start<const P extends readonly RegExp[]>(
    args: readonly string[],
    env: Record<string, string>,
    patterns: P,
  ): Promise<[Program, { [K in keyof P]: string }]> {
    return Program.run(binary, args, env, patterns);
  }

  static async run<const P extends readonly RegExp[]>(
    command: string,
    args: readonly string[],
    env: Record<string, string>,
    patterns: P,
    cwd?: string,
  ): Promise<[Program, { [K in keyof P]: string }]> {
    const program = new Program(command, args, env, cwd);
    const found = await program.#waitFor(patterns);
    return [program, found as { [K in keyof P]: string }];
  }

  #waitFor(patterns: readonly RegExp[]): Promise<string[]> {
    return new Promise((resolve, reject) => {
      const found: (string | undefined)[] = patterns.map(() => undefined);
      const fail = (why: string) => reject(new Error(`${why}:\n${this.output.join("\n")}`));
      const timer = setTimeout(() => fail("the program did not become ready"), patience);
      this.#child.once("error", (error) => fail(error.message));
      this.#child.once("exit", () => fail("the program ended"));
      for (const stream of [this.#child.stdout, this.#child.stderr]) {
        if (!stream) continue;
        createInterface(stream).on("line", (line) => {
          this.output.push(line);
          patterns.forEach((pattern, i) => {
            found[i] ??= pattern.exec(line)?.[1];
          });
          if (found.every((match) => match !== undefined)) {
            clearTimeout(timer);
            resolve(found as string[]);
          }
        });
      }
      if (patterns.length === 0) resolve([]);
    });
  }

  /** Writes a line to its input, and gives the next line that it answers. */
  async ask(line: string): Promise<string> {
    const seen = this.output.length;
    this.#child.stdin?.write(`${line}\n`);
    for (const end = Date.now() + patience; Date.now() < end; ) {
      const answer = this.output[seen];
      if (answer !== undefined) return answer;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`no answer:\n${this.output.join("\n")}`);
  }

  /** Kills it as a power cut would. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await ended;
  }

  /** Ends its input and waits for it to end by itself. */
  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.stdin?.end();
    await ended;
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
