type Ports = { allowed: number; trap: number };

/**
 * Returns URLs that look like those of the delivery host (http://127.0.0.1:<allowed>), or name this machine in another way.
 * They lead to the trap, to this machine, or nowhere.
 */
export function listTrickyAddresses({ allowed, trap }: Ports): string[] {
  const good = `127.0.0.1:${allowed}`;
  const evil = `127.0.0.1:${trap}`;
  return [
    `http://${evil}/a.png`,
    `http://localhost:${trap}/a.png`,
    `http://localhost.:${trap}/a.png`,
    `http://[::1]:${trap}/a.png`,
    `http://[::ffff:7f00:1]:${trap}/a.png`,
    `http://[::ffff:127.0.0.1]:${trap}/a.png`,
    `http://127.1:${trap}/a.png`,
    `http://127.0.1:${trap}/a.png`,
    `http://0x7f.1:${trap}/a.png`,
    `http://0x7f000001:${trap}/a.png`,
    `http://2130706433:${trap}/a.png`,
    `http://0177.0.0.1:${trap}/a.png`,
    `http://0:${trap}/a.png`,
    `http://0.0.0.0:${trap}/a.png`,
    `http://127.0.0.2:${trap}/a.png`,
    `http://\uff11\uff12\uff17.0.0.1:${trap}/a.png`,
    `http://127\u30020.0.1:${trap}/a.png`,
    `http://127.0.0.1%2e:${trap}/a.png`,
    `http://${good}@${evil}/a.png`,
    `http://user:pw@${evil}/a.png`,
    `http://user:pw@${good}/a.png`,
    `http://${evil}/http://${good}/a.png`,
    `http://${evil}?http://${good}/a.png`,
    `http://${evil}#@${good}/a.png`,
    `http://${evil}\\@${good}/a.png`,
    `http://${good}\\@${evil}/a.png`,
    `http:\\\\${evil}\\a.png`,
    `http:${evil}/a.png`,
    `http:/${evil}/a.png`,
    `http:///${evil}/a.png`,
    `HTTP://${evil}/a.png`,
    `https://${evil}/a.png`,
    `https://${good}/a.png`,
    `http://${good}.evil.example/a.png`,
    `http://127.0.0.1:${trap}%3a${allowed}/a.png`,
    `http://127.0.0.1.:${allowed}/a.png`,
    `//${evil}/a.png`,
    `ftp://${evil}/a.png`,
    `file:///etc/passwd`,
    `blob:http://${good}/0195f2a8`,
    `javascript:fetch("http://${evil}/a.png")`,
    `ws://${evil}/a.png`,
    `http://169.254.169.254/latest/meta-data`,
    `http://metadata.google.internal/`,
    `data:image/svg+xml,<svg onload=fetch("http://${evil}")>`,
  ];
}
