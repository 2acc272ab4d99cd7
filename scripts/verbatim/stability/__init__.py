"""Do the classes survive another sample? Bootstrap of interviews and of segments, leaving one interview out.

The classification is made anew on each resample, and each class is sought there (Hennig 2007, "Cluster-wise
assessment of cluster stability"): the Jaccard index of two sets of segments A and B is |A ∩ B| / |A ∪ B|,
counted on the distinct segments that were drawn. Unlike Hennig's, the matching is one to one: a class of the
resample stands for one class at most. `resampling` draws, `draws` classifies and compares, `record` keeps the
parts of the work, `gathering` makes the tables.
"""
