package io.dsrbroker.simulator;

import tools.jackson.databind.node.ObjectNode;

/** An author of the Gallery with the entities everybody sees and those that only the author's token shows. */
record GalleryAuthor(Person person, Bin<ObjectNode> visible, Bin<ObjectNode> all) {

    static GalleryAuthor of(Person person, int publicEntities, int unlisted) {
        var author = new GalleryAuthor(person, Bin.exact(), Bin.exact());
        int total = publicEntities + unlisted;
        for (int i = 1; i <= total; i++) {
            // Unlisted ones are spread evenly, so that nothing can rely on their place.
            author.add(i, i * unlisted / total > (i - 1) * unlisted / total);
        }
        return author;
    }

    private void add(int number, boolean hidden) {
        var entity = GalleryDocuments.entity(person, number, hidden);
        var id = entity.path("id").stringValue("");
        all.put(id, entity);
        if (!hidden) {
            visible.put(id, entity);
        }
    }

    void remove(String id) {
        visible.remove(id);
        all.remove(id);
    }

    ObjectNode document() {
        return GalleryDocuments.user(person, all.size());
    }
}
