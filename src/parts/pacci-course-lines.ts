import { Item, Slug } from '../kernel/fields';
import { InThreeLanguages, type Worded } from '../kernel/fields-worded';

export interface Line {
  line: string;
  title: Worded;
}
export class PacciLine {
  @Slug('The line') line!: string;
  @Item(InThreeLanguages, 'What it is called') title!: InThreeLanguages;
}

const line = (id: string, en: string, es: string, pt: string): Line => ({ line: id, title: { en, es, pt } });

/** The lines of a plan that names no others (page of the General Secretariat on Ibero-American cooperation, undated). */
export const sevenLines: readonly Line[] = [
  line(
    'strengthening-cooperation',
    'Strengthening of Ibero-American cooperation',
    'Fortalecimiento de la cooperación iberoamericana',
    'Fortalecimento da cooperação ibero-americana',
  ),
  line('social-inclusion-governance', 'Social inclusion and governance', 'Inclusión social y gobernanza', 'Inclusão social e governação'),
  line(
    'knowledge-science-technology',
    'Knowledge, higher education, science and technology',
    'Conocimiento, educación superior, ciencia y tecnología',
    'Conhecimento, ensino superior, ciência e tecnologia',
  ),
  line('gender-equality', 'Gender equality', 'Igualdad de género', 'Igualdade de género'),
  line(
    'culture-sustainable-development',
    'Culture for sustainable development',
    'Cultura para el desarrollo sostenible',
    'Cultura para o desenvolvimento sustentável',
  ),
  line('environment', 'Environmental dimension', 'Dimensión medioambiental', 'Dimensão ambiental'),
  line(
    'innovation-entrepreneurship-digital',
    'Innovation, entrepreneurship and digital transformation',
    'Innovación, emprendimiento y transformación digital',
    'Inovação, empreendedorismo e transformação digital',
  ),
];
