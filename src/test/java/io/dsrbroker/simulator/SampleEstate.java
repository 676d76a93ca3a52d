package io.dsrbroker.simulator;

import java.util.List;

/** What the samples export and delete: a small estate, and beside it an account that is the subject's to delete. The same in every process. */
public final class SampleEstate {

    /** Whose data the samples are about. */
    public static final Person SUBJECT = Person.named("Ada", "Lovelace");

    private static final Person OTHER = Person.named("Charles", "Babbage");
    private static final String LOCATION = "East US 2";
    private static final Place LEAVING = Place.lab(Estate.SUBSCRIPTION, Estate.GROUP, "leaving");

    private final Estate estate = Estate.generate(EstateSpec.small(), SUBJECT, OTHER);
    private final List<Place> exported = estate.places();

    /** Fills it. */
    public SampleEstate() {
        Place workspace = LEAVING.workspace("desk");
        Place own = workspace.project("own");
        Place shared = workspace.project("shared");
        estate.change()
                .lab(LEAVING, LOCATION)
                .workspace(workspace)
                .project(own, LOCATION, DataContainers.PREFIXED)
                .project(shared, LOCATION, DataContainers.PREFIXED);
        for (int number = 1; number <= 5; number++) {
            run(own, number, SUBJECT);
            run(shared, number, number == 1 ? OTHER : SUBJECT);
        }
    }

    private void run(Place project, int number, Person owner) {
        RunOwner.InFull inFull = new RunOwner.InFull(owner);
        estate.change().run(project, new Run("run-" + number, number, "experiment", inFull, false, 1, List.of()));
    }

    /** What a simulator is to serve. */
    public Estate estate() {
        return estate;
    }

    /** The places of the sample export: all but the account that the sample delete is about. */
    public List<Place> exported() {
        return exported;
    }

    /** The account of the sample delete: one project is the subject's alone, another is shared. */
    public Place leaving() {
        return LEAVING;
    }
}
