/** Who publishes IATI activities. */
export interface Publisher {
  /** Its IATI organisation identifier, such as `XM-DAC-47124`: every identifier begins with it. */
  readonly ref: string;
  readonly name: string;
  /** What it is, by the codelist OrganisationType: 10 a government, 40 multilateral… */
  readonly type: string;
  /** Where everybody can read documents, each at its digest below; no document is named where it is left out. */
  readonly documents?: string | undefined;
}

const organisationTypes = ['10', '11', '15', '21', '22', '23', '24', '30', '40', '60', '70', '71', '72', '73', '80', '90'];

export type PublisherSaid = Readonly<Partial<Record<'ref' | 'name' | 'type' | 'documents', string | undefined>>>;

/**
 * The publisher that somebody named, piece by piece; undefined where nothing was said.
 * @param called what each piece is called where it is said
 * @throws Error saying which piece is missing or wrong
 */
export const publisherOf = (
  { ref, name, type, documents }: PublisherSaid,
  called: Readonly<Record<keyof Publisher, string>>,
): Publisher | undefined => {
  if (!ref && !name && !type && !documents) return undefined;
  const missing = (
    [
      ['ref', ref],
      ['name', name],
      ['type', type],
    ] as const
  )
    .filter(([, value]) => !value)
    .map(([piece]) => called[piece]);
  if (!ref || !name || !type) throw new Error(`Who publishes is not said in full: ${missing.join(', ')}`);
  if (!/^[A-Z]{2,3}-[A-Z0-9]{2,12}-[^\s/&|?]{1,80}$/i.test(ref)) {
    throw new Error(`${called.ref} must be an IATI organisation identifier such as XM-DAC-47124, not ${ref}`);
  }
  if (!organisationTypes.includes(type)) throw new Error(`${called.type} must be one of ${organisationTypes.join(', ')}, not ${type}`);
  if (documents && !/^https?:\/\//.test(documents)) throw new Error(`${called.documents} must be an address, not ${documents}`);
  return { ref, name, type, ...(documents && { documents: documents.endsWith('/') ? documents : `${documents}/` }) };
};
