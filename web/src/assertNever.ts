/** Makes the compiler refuse a switch over a union that forgot a case. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
